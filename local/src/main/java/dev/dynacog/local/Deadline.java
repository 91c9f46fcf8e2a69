package dev.dynacog.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An end to waiting for what can only be asked about again and again. */
record Deadline(long nanoTime) {
    private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanoTime >= 0 || Thread.currentThread().isInterrupted();
    }

    void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS);
    }
}
