package dev.dynacog.cognito;

import dev.dynacog.error.DynacogException;
import java.util.concurrent.TimeUnit;

/** Spaces requests out: never more of them than the rate allows, fewer after the service asked for that. */
final class Pace {
    private static final int SLOWEST = 16;

    private final long usualInterval;
    private long interval;
    private long next = System.nanoTime();

    Pace(double requestsPerSecond) {
        this.usualInterval = (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
        this.interval = usualInterval;
    }

    void await() {
        long now = System.nanoTime();
        long wait = next - now;
        next = Math.max(next, now) + interval;
        sleep(wait);
    }

    /** The service was asked too much: by us, or by others who share its quota. */
    void slowDown(int timesInARow) {
        interval = Math.min(interval * 2, usualInterval * SLOWEST);
        sleep(TimeUnit.MILLISECONDS.toNanos(500L << Math.min(timesInARow, 5)));
    }

    /** It went well: slowly back to the usual rate. */
    void speedUp() {
        interval = Math.max(usualInterval, interval - interval / 8);
    }

    private static void sleep(long nanos) {
        if (nanos <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted while users were listed", "", e);
        }
    }
}
