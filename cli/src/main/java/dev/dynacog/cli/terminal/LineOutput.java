package dev.dynacog.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard output in whole lines: however the run ends, no line is left half written. What is written collects until
 * enough whole lines are there, or until somebody asks.
 */
public final class LineOutput extends OutputStream {
    private static final int ENOUGH = 1 << 15;

    private final OutputStream target;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] buffer = new byte[ENOUGH + (1 << 12)];
    private int length;
    private int whole;
    private volatile boolean stopped;

    LineOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int unit) {
        write(new byte[] {(byte) unit}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        lock.lock();
        try {
            if (length + count > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
            }
            System.arraycopy(bytes, offset, buffer, length, count);
            length += count;
        } finally {
            lock.unlock();
        }
    }

    /** What was written so far ends a line. */
    public void endOfLine() {
        write('\n');
        lock.lock();
        try {
            whole = length;
            if (whole >= ENOUGH) {
                writeOut();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the reader see every line that is whole. */
    @Override
    public void flush() {
        if (stopped) {
            // Whoever writes may wait for the reader, with the lock, and for ever.
            return;
        }
        lock.lock();
        try {
            writeOut();
        } finally {
            lock.unlock();
        }
    }

    private void writeOut() {
        if (stopped || whole == 0) {
            return;
        }
        try {
            target.write(buffer, 0, whole);
            target.flush();
        } catch (IOException e) {
            stopped = true;
            throw failure(e);
        }
        System.arraycopy(buffer, whole, buffer, 0, length - whole);
        length -= whole;
        whole = 0;
    }

    /** What it means that standard output can't be written. */
    static RuntimeException failure(IOException e) {
        return isClosedPipe(e) ? new ReaderGone(e) : new Unwritable(e);
    }

    private static boolean isClosedPipe(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Broken pipe") || message.contains("EPIPE");
    }

    /**
     * Writes the last whole lines and nothing more, for a process that is being ended. A reader that has stopped reading
     * is not waited for.
     */
    void stop() {
        try {
            if (lock.tryLock(1, TimeUnit.SECONDS)) {
                try {
                    writeOut();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException ignored) {
            // The process ends because somebody wants it to; that its output can't be written any more is no news.
        } finally {
            stopped = true;
        }
    }

    /** Standard output takes nothing, as on a full disk. */
    public static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Nobody reads any more, as behind {@code | head}: the normal end of a pipe, and no failure. */
    public static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }
}
