package dev.dynacog.local;

import java.time.Duration;

/** Time since it was started. */
record Stopwatch(long nanoTime) {
    static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    String millis() {
        return Long.toString(Duration.ofNanos(System.nanoTime() - nanoTime).toMillis());
    }
}
