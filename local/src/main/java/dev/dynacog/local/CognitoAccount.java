package dev.dynacog.local;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A user of the local pool; {@code sub} is one of the attributes. Immutable: each change gives another. */
record CognitoAccount(
        String username,
        Map<String, String> attributes,
        String status,
        boolean enabled,
        Instant created,
        Instant modified,
        Set<String> groups) {
    static final String SUB = "sub";

    CognitoAccount {
        attributes = new TreeMap<>(attributes);
        groups = new TreeSet<>(groups);
    }

    @Nullable
    String attribute(String name) {
        return attributes.get(name);
    }

    String sub() {
        return attributes.getOrDefault(SUB, "");
    }

    CognitoAccount withAttributes(Map<String, String> changed, Instant now) {
        return new CognitoAccount(username, changed, status, enabled, created, now, groups);
    }
}
