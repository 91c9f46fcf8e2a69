package dev.dynacog.cli.render;

import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.LineOutput;
import dev.dynacog.cli.terminal.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as RFC 4180 has them, with a heading. A list or a map in a cell is JSON. */
final class CsvRenderer implements Renderer {
    /** What a spreadsheet takes for the beginning of a formula; the wide forms do in some languages. */
    private static final String RUN = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final Console console;
    private final LineOutput out;
    private final boolean open;
    private final boolean safe;
    private final List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
    private @Nullable FirstPage columns;

    /**
     * @param open whether later records may have fields that those of the first page lack
     * @param safe whether a text that a spreadsheet would run is made one that it shows
     */
    CsvRenderer(Console console, boolean open, boolean safe) {
        this.console = console;
        this.out = console.out();
        this.open = open;
        this.safe = safe;
    }

    @Override
    public void row(@Nullable Object record) {
        Map<String, @Nullable Object> named = FirstPage.asMap(record);
        if (columns == null) {
            waiting.add(named);
        } else {
            write(named, columns);
        }
    }

    @Override
    public void endOfPage() {
        if (columns == null && !waiting.isEmpty()) {
            FirstPage first = new FirstPage(waiting);
            List<String> heading =
                    first.names().stream().map(this::harmless).collect(Collectors.toCollection(ArrayList::new));
            if (open) {
                heading.add(FirstPage.REST);
            }
            line(heading);
            waiting.forEach(record -> write(record, first));
            waiting.clear();
            columns = first;
        }
        out.flush();
    }

    private void write(Map<String, @Nullable Object> record, FirstPage first) {
        List<String> cells = new ArrayList<>();
        for (String name : first.names()) {
            cells.add(cell(record.get(name)));
        }
        if (open) {
            Map<String, @Nullable Object> rest = first.rest(record);
            cells.add(rest.isEmpty() ? "" : JsonValues.text(rest));
        }
        line(cells);
    }

    private String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Number) {
            return value.toString();
        }
        return value instanceof Map || value instanceof List ? JsonValues.text(value) : harmless(value.toString());
    }

    /** An apostrophe tells a spreadsheet that what follows is a text. Numbers are no texts. */
    private String harmless(String cell) {
        return safe && !cell.isEmpty() && RUN.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private void line(List<String> cells) {
        String line = cells.stream().map(this::quoted).collect(Collectors.joining(","));
        if (console.terminal().ttys().out()) {
            // A file gets every character, a terminal none that it would obey.
            console.print(Text.of(line));
            return;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.endOfLine();
    }

    private String quoted(String cell) {
        boolean run = safe && cell.startsWith("'");
        boolean plain =
                !run && cell.chars().noneMatch(unit -> unit == ',' || unit == '"' || unit == '\n' || unit == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        endOfPage();
    }
}
