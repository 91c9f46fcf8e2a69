package dev.dynacog.cli.terminal;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** One line that rewrites itself: a bar where the total is known, else a count and a rate, never an invented percentage. */
final class ProgressLine implements Progress {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long AGAIN_AFTER = 100_000_000L;
    private static final int BAR = 20;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final Console console;
    private final OptionalLong total;
    private final LongSupplier nanoTime;
    private final long start;
    private String what;
    private long done;
    private long drawnAt;
    private boolean drawn;

    ProgressLine(Console console, String what, OptionalLong total, LongSupplier nanoTime) {
        this.console = console;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public void advance(long count) {
        done += count;
        draw();
    }

    @Override
    public void say(String now) {
        what = now;
        draw();
    }

    private void draw() {
        long now = nanoTime.getAsLong();
        if (now - start < FIRST_AFTER || (drawn && now - drawnAt < AGAIN_AFTER)) {
            return;
        }
        drawnAt = now;
        drawn = true;
        Text line = line((now - start) / 1e9).cut(console.errWidth() - 1);
        console.draw(line);
    }

    private Text line(double seconds) {
        Text line = Text.of(what, Tone.HEADING);
        double rate = done / seconds;
        if (total.isPresent() && total.getAsLong() > 0) {
            double part = Math.min(1, done / (double) total.getAsLong());
            line = line.plus(String.format(Locale.ROOT, "  %3.0f %%  ", part * 100))
                    .plus(bar(part), Tone.GOOD)
                    .plus(String.format(Locale.ROOT, "  %,d of %,d", done, total.getAsLong()));
            return done == 0
                    ? line
                    : line.plus(
                            String.format(
                                    Locale.ROOT, "  %s/s  %.0f s left", rate(rate), (total.getAsLong() - done) / rate),
                            Tone.SECONDARY);
        }
        return done == 0
                ? line.plus(String.format(Locale.ROOT, "  %.0f s", seconds), Tone.SECONDARY)
                : line.plus(String.format(Locale.ROOT, "  %,d", done)).plus("  " + rate(rate) + "/s", Tone.SECONDARY);
    }

    private static String bar(double part) {
        int eighths = (int) Math.round(part * BAR * 8);
        String full = "█".repeat(eighths / 8);
        String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return full + rest + " ".repeat(BAR - full.length() - rest.length());
    }

    private static String rate(double perSecond) {
        return perSecond >= 1000
                ? String.format(Locale.ROOT, "%.1fk", perSecond / 1000)
                : String.format(Locale.ROOT, "%.0f", perSecond);
    }

    @Override
    public void close() {
        console.erase();
    }
}
