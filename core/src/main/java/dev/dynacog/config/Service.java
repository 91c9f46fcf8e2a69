package dev.dynacog.config;

import java.net.URI;
import java.util.Optional;

/** One AWS service of an environment: AWS's own endpoint unless another is named, and whose credentials go there. */
public record Service(Optional<Sourced<URI>> endpoint, Credentials credentials) {
    /** Whether whoever is on the way would see real credentials, or a token that is as good. */
    public boolean isExposed() {
        return credentials == Credentials.CHAIN
                && endpoint.map(Sourced::value)
                        .filter(uri -> uri.getScheme().equals("http") && !Hosts.isLoopback(uri.getHost()))
                        .isPresent();
    }

    /** Whose credentials sign the requests. */
    public enum Credentials {
        /** Dummies, for servers that accept any: real ones never leave for them. */
        DUMMY,
        /** What the AWS SDK finds: environment, profile, role. */
        CHAIN
    }
}
