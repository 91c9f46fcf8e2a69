package dev.dynacog.cli.render;

import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a command's records go: in the format that was asked for, through {@code --query} when one was given. */
public final class Output {
    private final Console console;
    private final Format format;
    private final Optional<Query> query;
    private final boolean csvSafe;

    public Output(Console console, Format format, Optional<Query> query, boolean csvSafe) {
        this.console = console;
        this.format = format;
        this.query = query;
        this.csvSafe = csvSafe;
    }

    /** Whether a person reads: then what is around the records is worth a line. */
    public boolean isForPeople() {
        return format == Format.TABLE;
    }

    /** Whether a page of lines is wanted, laid out for people, and no records. */
    public boolean isPage() {
        return format == Format.TABLE && query.isEmpty();
    }

    /** A renderer for many records of one kind. */
    public Renderer many(View view) {
        return queried(renderer(query.isPresent() ? View.fromRecords() : view, false));
    }

    /** All records at once. */
    public void all(View view, List<? extends Map<String, ? extends @Nullable Object>> records) {
        try (Renderer renderer = many(view)) {
            records.forEach(renderer::row);
            renderer.endOfPage();
        }
    }

    /** A single record, for which people get a page of their own. */
    public void one(Map<String, ? extends @Nullable Object> record, Supplier<List<Text>> forPeople) {
        if (isPage()) {
            forPeople.get().forEach(console::print);
            console.out().flush();
            return;
        }
        try (Renderer renderer = queried(renderer(View.fromRecords(), true))) {
            renderer.row(record);
        }
    }

    private Renderer renderer(View view, boolean single) {
        return switch (format) {
            case TABLE -> new TableRenderer(console, view);
            case JSON -> new JsonRenderer(console.out(), single);
            case JSONL -> new JsonLinesRenderer(console.out());
            case CSV -> new CsvRenderer(console, view.columns().isEmpty() && !single, csvSafe);
            case YAML -> new YamlRenderer(console.out(), single);
        };
    }

    private Renderer queried(Renderer renderer) {
        return query.<Renderer>map(given -> new Renderer() {
                    @Override
                    public void row(@Nullable Object record) {
                        renderer.row(given.apply(record));
                    }

                    @Override
                    public void endOfPage() {
                        renderer.endOfPage();
                    }

                    @Override
                    public void close() {
                        renderer.close();
                    }
                })
                .orElse(renderer);
    }
}
