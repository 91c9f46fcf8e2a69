package dev.dynacog.config;

import java.util.Optional;

/** The settings that were given on the command line. */
public record Flags(
        Optional<String> environment, Optional<String> endpointUrl, Optional<String> region, Optional<String> profile) {

    public static Flags none() {
        return new Flags(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
