package dev.dynacog.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dynacog.cli.terminal.LineOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A record a line: what pipes and scripts read. */
final class JsonLinesRenderer implements Renderer {
    private final LineOutput out;
    private final JsonGenerator json;

    JsonLinesRenderer(LineOutput out) {
        this.out = out;
        this.json = JsonValues.generator(out);
    }

    @Override
    public void row(@Nullable Object record) {
        try {
            JsonValues.write(json, record);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.endOfLine();
    }

    @Override
    public void endOfPage() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
