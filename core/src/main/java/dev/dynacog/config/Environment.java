package dev.dynacog.config;

import java.util.Optional;

/** Everything a command needs to know about where it works. All systems that one command touches come from here. */
public record Environment(
        Sourced<String> name,
        Guarding guarding,
        Aws aws,
        Optional<Sourced<PostgresUrl>> postgres,
        Sourced<String> messageTable,
        Pins pins) {

    /** The AWS side: the services, and what they share. */
    public record Aws(
            Optional<Sourced<String>> region,
            Optional<Sourced<String>> profile,
            Service dynamodb,
            Service streams,
            Service cognito,
            Service sts,
            Optional<Sourced<String>> userPoolId,
            Optional<HalfKeyPair> halfKeyPair,
            Proxies proxies) {}

    /** Of the two variables that make credentials one alone, which the SDK would pass over without a word. */
    public record HalfKeyPair(String set, String missing) {}

    public boolean isGuarded() {
        return guarding instanceof Guarding.Guarded;
    }

    public boolean isLocal() {
        return name.value().equals(SettingsLoader.LOCAL);
    }
}
