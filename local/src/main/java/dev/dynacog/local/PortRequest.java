package dev.dynacog.local;

/** Which port a server should have. */
sealed interface PortRequest {
    /** The one that everybody's files name; if it is taken, another will do. */
    record Usual(int port) implements PortRequest {}

    /** This one or none. */
    record Exactly(int port) implements PortRequest {}

    /** Whichever is free. */
    record AnyFree() implements PortRequest {}
}
