package dev.dynacog.local;

import java.util.Set;

/**
 * The few variables that the processes around a server need. What else our own process was given may be a secret, and
 * whoever gets into a server could read it there.
 */
final class BareEnvironment {
    private static final Set<String> NEEDED = Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

    private BareEnvironment() {}

    static ProcessBuilder of(ProcessBuilder builder) {
        builder.environment().keySet().retainAll(NEEDED);
        return builder;
    }
}
