package dev.dynacog.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client asks, checked as the service does before it looks at its data. */
record CognitoRequest(JsonNode body) {
    private static final int PAGE = 60;
    private static final Pattern POOL_ID = Pattern.compile("[\\w-]+_[0-9a-zA-Z]+");

    @Nullable
    String optional(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    String required(String name) {
        String value = optional(name);
        if (value == null || value.isEmpty()) {
            throw CognitoFault.invalid("1 validation error detected: Value at '" + lowerFirst(name)
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    void requirePool() {
        String id = required("UserPoolId");
        if (!POOL_ID.matcher(id).matches()) {
            throw CognitoFault.invalid("1 validation error detected: Value '" + id
                    + "' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + POOL_ID);
        }
        if (!id.equals(CognitoPool.ID)) {
            throw CognitoFault.notFound("User pool " + id + " does not exist.");
        }
    }

    /** How many users a page may have; 60 where nothing is said, and at most. */
    int limit() {
        JsonNode value = body.get("Limit");
        if (value == null || value.isNull()) {
            return PAGE;
        }
        int limit = value.asInt(-1);
        if (limit < 0 || limit > PAGE) {
            throw CognitoFault.invalid("1 validation error detected: Value '" + value.asText()
                    + "' at 'limit' failed to satisfy constraint: Member must have value "
                    + (limit < 0 ? "greater than or equal to 0" : "less than or equal to " + PAGE));
        }
        return limit == 0 ? PAGE : limit;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        body.path(name).forEach(value -> texts.add(value.asText()));
        return texts;
    }

    /** Attributes are a list of names and values. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        body.path("UserAttributes")
                .forEach(attribute -> attributes.put(
                        attribute.path("Name").asText(), attribute.path("Value").asText("")));
        return attributes;
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
