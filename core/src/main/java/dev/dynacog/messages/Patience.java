package dev.dynacog.messages;

import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a write that others get in the way of is tried again. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LONGEST_PAUSE = 500;

    private final long end = System.nanoTime() + LIMIT.toNanos();
    private final String what;
    private int attempts = 1;

    Patience(String what) {
        this.what = what;
    }

    int attempts() {
        return attempts;
    }

    /** Before another attempt with what was just learned. */
    void spend() {
        attempts++;
        if (System.nanoTime() > end) {
            throw new DynacogException.Failed(
                    what + " was tried " + attempts + " times in " + LIMIT.toSeconds()
                            + " seconds, and others were writing there each time",
                    "nothing was written; try again");
        }
    }

    /** Before the same attempt again: those who collided must not do so in step. */
    void pause() {
        spend();
        long longest = Math.min(LONGEST_PAUSE, 5L << Math.min(attempts, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete(what + " was interrupted", "nothing was written", e);
        }
    }
}
