package dev.dynacog.config;

import java.util.Optional;

/** Everything a command needs to know about where it works. All systems that one command touches come from here. */
public record Environment(
        Sourced<String> name,
        Guarding guarding,
        Aws aws,
        Optional<Sourced<PostgresUrl>> postgres,
        Sourced<String> messageTable) {

    /** The AWS side: the services, and what they share. */
    public record Aws(
            Optional<Sourced<String>> region,
            Optional<Sourced<String>> profile,
            Service dynamodb,
            Service streams,
            Service cognito,
            Service sts,
            Optional<Sourced<String>> userPoolId,
            Proxies proxies) {}

    public boolean isGuarded() {
        return guarding instanceof Guarding.Guarded;
    }

    public boolean isLocal() {
        return name.value().equals(SettingsLoader.LOCAL);
    }
}
