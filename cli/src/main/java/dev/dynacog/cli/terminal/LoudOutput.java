package dev.dynacog.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output for writers that keep a failure to themselves, as {@link java.io.PrintWriter} does. */
public final class LoudOutput extends OutputStream {
    private final OutputStream target;

    public LoudOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int unit) {
        write(new byte[] {(byte) unit}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        try {
            target.write(bytes, offset, count);
        } catch (IOException e) {
            throw LineOutput.failure(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw LineOutput.failure(e);
        }
    }
}
