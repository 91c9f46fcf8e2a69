package dev.dynacog.cli.terminal;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** A line every 10 seconds for a log or a pipe: that something is happening, and how far it is. */
final class ProgressLog implements Progress {
    private static final long EVERY = 10_000_000_000L;

    private final Console console;
    private final OptionalLong total;
    private final LongSupplier nanoTime;
    private String what;
    private long done;
    private long saidAt;

    ProgressLog(Console console, String what, OptionalLong total, LongSupplier nanoTime) {
        this.console = console;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.saidAt = nanoTime.getAsLong();
    }

    @Override
    public void advance(long count) {
        done += count;
        log();
    }

    @Override
    public void say(String now) {
        what = now;
        log();
    }

    private void log() {
        long now = nanoTime.getAsLong();
        if (now - saidAt < EVERY) {
            return;
        }
        saidAt = now;
        String far = total.isPresent() && total.getAsLong() > 0
                ? String.format(Locale.ROOT, ": %,d of %,d", done, total.getAsLong())
                : done == 0 ? "" : String.format(Locale.ROOT, ": %,d", done);
        console.note(what + far);
    }

    @Override
    public void close() {}
}
