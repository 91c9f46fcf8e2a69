package dev.dynacog.config;

import java.util.function.Function;

/** A value and where it came from. */
public record Sourced<T>(T value, Origin origin) {
    public <R> Sourced<R> map(Function<? super T, ? extends R> change) {
        return new Sourced<>(change.apply(value), origin);
    }
}
