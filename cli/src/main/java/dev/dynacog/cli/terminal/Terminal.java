package dev.dynacog.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The three standard streams, which of them are a person's terminal, and how wide it is.
 *
 * @param columns the width; nothing when no stream is a terminal
 */
public record Terminal(InputStream in, OutputStream out, OutputStream err, Ttys ttys, OptionalInt columns) {

    /** Which of the streams are a terminal. */
    public record Ttys(boolean in, boolean out, boolean err) {
        public static final Ttys NONE = new Ttys(false, false, false);
        public static final Ttys ALL = new Ttys(true, true, true);
    }

    /**
     * This process's own. The launcher has looked already, and says what it saw: the JVM could only find out by
     * loading native code or starting another process.
     */
    public static Terminal ofProcess(Properties properties) {
        String ttys = properties.getProperty("dynacog.tty", "");
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                ttys.contains("c") ? new ClosedOutput() : new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new Ttys(ttys.contains("i"), ttys.contains("o"), ttys.contains("e")),
                columns(properties.getProperty("dynacog.columns", "")));
    }

    /** Standard output that the caller closed: the launcher put /dev/null there, where data would get lost unseen. */
    private static final class ClosedOutput extends OutputStream {
        @Override
        public void write(int unit) throws IOException {
            throw new IOException("it is closed");
        }
    }

    private static OptionalInt columns(String text) {
        try {
            int columns = Integer.parseInt(text);
            return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
