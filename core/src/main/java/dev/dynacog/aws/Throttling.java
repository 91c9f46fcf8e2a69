package dev.dynacog.aws;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Who hears that a service has been throttling for longer than anybody waits in silence.
 *
 * @param nanoTime the clock
 * @param listener gets a line for people, from any thread
 */
public record Throttling(LongSupplier nanoTime, Consumer<String> listener) {
    /** Nobody hears of it. */
    public static final Throttling UNHEARD = toldTo(line -> {});

    public static Throttling toldTo(Consumer<String> listener) {
        return new Throttling(System::nanoTime, listener);
    }
}
