package dev.dynacog.config;

/** Whether what is written to an environment must be confirmed. */
public sealed interface Guarding {
    /** Writes need no confirmation. */
    record Open() implements Guarding {}

    /** Writes need a confirmation; the reason says why, in a user's words. */
    record Guarded(String reason) implements Guarding {}
}
