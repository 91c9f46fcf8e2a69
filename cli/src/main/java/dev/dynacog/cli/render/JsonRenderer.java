package dev.dynacog.cli.render;

import dev.dynacog.cli.terminal.LineOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON document: a list with a record a line, or the one record that there is. */
final class JsonRenderer implements Renderer {
    private final LineOutput out;
    private final boolean single;
    private boolean empty = true;

    JsonRenderer(LineOutput out, boolean single) {
        this.out = out;
        this.single = single;
    }

    @Override
    public void row(@Nullable Object record) {
        if (!single) {
            write(empty ? "[" : ",");
            out.endOfLine();
            write("  ");
        }
        write(JsonValues.text(record));
        if (single) {
            out.endOfLine();
        }
        empty = false;
    }

    @Override
    public void endOfPage() {
        out.flush();
    }

    @Override
    public void close() {
        if (!single) {
            if (empty) {
                write("[");
            } else {
                out.endOfLine();
            }
            write("]");
            out.endOfLine();
        }
        out.flush();
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }
}
