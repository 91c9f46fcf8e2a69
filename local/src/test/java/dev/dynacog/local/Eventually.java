package dev.dynacog.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for what must become true, and fails when it does not in time. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Eventually() {}

    static void until(String what, BooleanSupplier condition) {
        until(LIMIT, what, condition);
    }

    static void until(Duration limit, String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.in(limit);
        while (!condition.getAsBoolean()) {
            if (deadline.isOver()) {
                Assertions.fail("not within %s: %s", limit, what);
            }
            deadline.pause();
        }
    }
}
