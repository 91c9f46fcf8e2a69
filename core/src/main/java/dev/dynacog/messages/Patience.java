package dev.dynacog.messages;

import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** How long a write that others get in the way of is tried again. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LONGEST_PAUSE = 500;

    private final String what;
    private final LongSupplier nanoTime;
    private final long end;
    private int attempts = 1;

    Patience(String what) {
        this(what, System::nanoTime);
    }

    /** The same by another clock. */
    Patience(String what, LongSupplier nanoTime) {
        this.what = what;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + LIMIT.toNanos();
    }

    int attempts() {
        return attempts;
    }

    /** Before another attempt with what was just learned. */
    void spend() {
        attempts++;
        if (nanoTime.getAsLong() - end > 0) {
            throw new DynacogException.Failed(
                    what + " was tried " + attempts + " times in " + LIMIT.toSeconds()
                            + " seconds, with concurrent writes each time",
                    "nothing was written; try again");
        }
    }

    /** Before the same attempt again: those who collided must not do so in step. */
    void pause() {
        spend();
        try {
            Thread.sleep(ThreadLocalRandom.current()
                    .nextLong(1, Math.min(LONGEST_PAUSE, 5L << Math.min(attempts, 10))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete(what + " was interrupted", "nothing was written", e);
        }
    }
}
