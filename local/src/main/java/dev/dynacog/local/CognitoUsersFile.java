package dev.dynacog.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The form in which a pool's users are written down. In a file made by hand only attributes are needed: what is left out
 * is what a user has who signed up with an e-mail address and confirmed it.
 */
final class CognitoUsersFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant LONG_AGO = Instant.parse("2023-03-01T09:00:00Z");
    private static final Set<String> KNOWN =
            Set.of("username", "attributes", "status", "enabled", "created", "modified", "groups");

    private CognitoUsersFile() {}

    /**
     * Reads users.
     *
     * @param where the file, for messages
     */
    static List<CognitoAccount> read(byte[] content, String where) {
        JsonNode users = parse(content, where).path("users");
        if (!users.isArray()) {
            throw wrong(where, "has no list \"users\"");
        }
        List<CognitoAccount> accounts = new ArrayList<>();
        Set<String> usernames = new TreeSet<>();
        Set<String> subs = new TreeSet<>();
        for (int i = 0; i < users.size(); i++) {
            CognitoAccount account = account(users.get(i), where + ", user " + (i + 1));
            if (!usernames.add(account.username())) {
                throw wrong(where, "has the user name '" + account.username() + "' twice");
            }
            if (!subs.add(account.sub())) {
                throw wrong(where, "has the sub '" + account.sub() + "' twice");
            }
            accounts.add(account);
        }
        return accounts;
    }

    private static JsonNode parse(byte[] content, String where) {
        try {
            return JSON.readTree(content);
        } catch (StreamConstraintsException problem) {
            throw wrong(where, "is nested too deeply, or has a text that is too long");
        } catch (JsonProcessingException problem) {
            throw wrong(where, "is not JSON: " + problem.getOriginalMessage());
        } catch (java.io.IOException problem) {
            throw wrong(where, "is not JSON: " + problem.getMessage());
        }
    }

    private static CognitoAccount account(JsonNode user, String where) {
        for (Map.Entry<String, JsonNode> field : user.properties()) {
            if (!KNOWN.contains(field.getKey())) {
                throw wrong(where, "has a field '" + field.getKey() + "', which is not supported");
            }
        }
        Map<String, String> attributes = new TreeMap<>();
        user.path("attributes")
                .properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().asText()));
        String seed = attributes.containsKey("preferred_username")
                ? attributes.get("preferred_username")
                : attributes.getOrDefault("email", user.path("username").asText(""));
        if (!attributes.containsKey(CognitoAccount.SUB)) {
            if (seed.isEmpty()) {
                throw wrong(where, "needs a sub, a username, an email or a preferred_username");
            }
            // Out of what names the user, so that the same file makes the same users.
            attributes.put(
                    CognitoAccount.SUB,
                    UUID.nameUUIDFromBytes(("cognito:" + seed).getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        Set<String> groups = new TreeSet<>();
        user.path("groups").forEach(group -> groups.add(group.asText()));
        Instant created = instant(user, "created", LONG_AGO, where);
        return new CognitoAccount(
                user.path("username").asText(attributes.get(CognitoAccount.SUB)),
                attributes,
                user.path("status").asText("CONFIRMED"),
                user.path("enabled").asBoolean(true),
                created,
                instant(user, "modified", created, where),
                groups);
    }

    private static Instant instant(JsonNode user, String field, Instant otherwise, String where) {
        if (!user.has(field)) {
            return otherwise;
        }
        try {
            return Instant.parse(user.get(field).asText());
        } catch (DateTimeException problem) {
            throw wrong(where, "has a '" + field + "' that is not a time such as 2023-03-22T09:01:25Z");
        }
    }

    static byte[] write(Iterable<CognitoAccount> accounts, String source) {
        ObjectNode file = JSON.createObjectNode();
        file.put("source", source);
        ArrayNode users = file.putArray("users");
        for (CognitoAccount account : accounts) {
            ObjectNode user = users.addObject();
            user.put("username", account.username());
            ObjectNode attributes = user.putObject("attributes");
            account.attributes().forEach(attributes::put);
            user.put("status", account.status());
            user.put("enabled", account.enabled());
            user.put("created", account.created().toString());
            user.put("modified", account.modified().toString());
            ArrayNode groups = user.putArray("groups");
            account.groups().forEach(groups::add);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the users of a kept file were made from at first. */
    static String source(byte[] content, String where) {
        return parse(content, where).path("source").asText("");
    }

    private static StackException wrong(String where, String what) {
        return StackException.usage(
                "the users file " + where + " " + what, "seed-data/cognito/users.json shows the form");
    }
}
