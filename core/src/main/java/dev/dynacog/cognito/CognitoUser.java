package dev.dynacog.cognito;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A user of a pool. {@code sub}, e-mail and handle are attributes like others, and any of them may be missing. */
public record CognitoUser(
        String username,
        Map<String, String> attributes,
        String status,
        boolean enabled,
        Optional<Instant> created,
        Optional<Instant> modified) {
    /** The attribute that the app keeps its handle in. */
    public static final String HANDLE = "preferred_username";

    private static final String UNCONFIRMED = "UNCONFIRMED";

    public CognitoUser {
        attributes = new LinkedHashMap<>(attributes);
    }

    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public Optional<String> sub() {
        return attribute("sub");
    }

    public Optional<String> handle() {
        return attribute(HANDLE);
    }

    public Optional<String> email() {
        return attribute("email");
    }

    /** Whether the pool has made sure that an address is this user's. */
    public boolean isVerified(String address) {
        return attribute(address + "_verified").filter("true"::equals).isPresent();
    }

    /** Signed up, and never proved to be anybody: such a user may carry any name. */
    public boolean isUnconfirmed() {
        return status.equals(UNCONFIRMED);
    }
}
