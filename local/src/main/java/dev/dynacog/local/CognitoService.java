package dev.dynacog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the endpoint can do, by the service's own names and rules. */
final class CognitoService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STANDARD = Set.of(
            "address",
            "birthdate",
            "email",
            "email_verified",
            "family_name",
            "gender",
            "given_name",
            "locale",
            "middle_name",
            "name",
            "nickname",
            "phone_number",
            "phone_number_verified",
            "picture",
            "preferred_username",
            "profile",
            "updated_at",
            "website",
            "zoneinfo");

    private final CognitoPool pool;

    CognitoService(CognitoPool pool) {
        this.pool = pool;
    }

    /** Answers one request. */
    JsonNode answer(String operation, JsonNode body) {
        CognitoRequest request = new CognitoRequest(body);
        return switch (operation) {
            case "ListUsers" -> listUsers(request);
            case "ListUsersInGroup" -> listUsersInGroup(request);
            case "DescribeUserPool" -> describeUserPool(request);
            case "AdminCreateUser" -> create(request);
            case "AdminUpdateUserAttributes" -> updateAttributes(request);
            case "AdminDeleteUser" -> delete(request);
            case "AdminGetUser" -> get(request);
            default ->
                throw new CognitoFault(
                        "UnknownOperationException", "the local Cognito pool does not support " + operation);
        };
    }

    private JsonNode listUsers(CognitoRequest request) {
        request.requirePool();
        String filter = request.optional("Filter");
        List<String> wanted = request.texts("AttributesToGet");
        List<String> asked = new ArrayList<>(List.of("ListUsers", filter == null ? "" : filter));
        asked.addAll(wanted);
        return page(request, CognitoFilter.parse(filter), asked, "PaginationToken", wanted);
    }

    private JsonNode listUsersInGroup(CognitoRequest request) {
        request.requirePool();
        String group = request.required("GroupName");
        if (!pool.hasGroup(group)) {
            throw CognitoFault.notFound("Group not found.");
        }
        return page(
                request,
                account -> account.groups().contains(group),
                List.of("ListUsersInGroup", group),
                "NextToken",
                List.of());
    }

    /** A page, and a token when there is more. */
    private JsonNode page(
            CognitoRequest request,
            Predicate<CognitoAccount> filter,
            List<String> asked,
            String tokenName,
            List<String> wanted) {
        String token = request.optional(tokenName);
        Instant now = Instant.now();
        String after =
                token == null ? "" : CognitoPageToken.parse(token, asked, now).after();
        int limit = request.limit();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode users = answer.putArray("Users");
        String last = "";
        for (CognitoAccount account : pool.after(after)) {
            if (!filter.test(account)) {
                continue;
            }
            if (users.size() == limit) {
                answer.put(tokenName, new CognitoPageToken(last, now).text(asked));
                break;
            }
            users.add(user(account, "Attributes", wanted));
            last = account.username();
        }
        return answer;
    }

    private static ObjectNode user(CognitoAccount account, String attributesName, List<String> wanted) {
        ObjectNode user = JSON.createObjectNode();
        user.put("Username", account.username());
        ArrayNode attributes = user.putArray(attributesName);
        for (String name : wanted) {
            if (account.attribute(name) == null) {
                throw CognitoFault.invalid("One or more requested attributes do not exist.");
            }
        }
        account.attributes().forEach((name, value) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
                attributes.addObject().put("Name", name).put("Value", value);
            }
        });
        user.put("UserCreateDate", seconds(account.created()));
        user.put("UserLastModifiedDate", seconds(account.modified()));
        user.put("Enabled", account.enabled());
        user.put("UserStatus", account.status());
        return user;
    }

    /** Times are seconds, with a fraction. */
    private static BigDecimal seconds(Instant moment) {
        return BigDecimal.valueOf(moment.toEpochMilli(), 3);
    }

    private JsonNode describeUserPool(CognitoRequest request) {
        request.requirePool();
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("UserPool")
                .put("Id", CognitoPool.ID)
                .put("Name", CognitoPool.NAME)
                .put("EstimatedNumberOfUsers", pool.size());
        return answer;
    }

    private JsonNode create(CognitoRequest request) {
        request.requirePool();
        String username = request.required("Username");
        Map<String, String> attributes = new HashMap<>(request.attributes());
        attributes.keySet().forEach(CognitoService::requireKnown);
        attributes.put(CognitoAccount.SUB, UUID.randomUUID().toString());
        Instant now = Instant.now();
        CognitoAccount account =
                new CognitoAccount(username, attributes, "FORCE_CHANGE_PASSWORD", true, now, now, Set.of());
        pool.create(account);
        ObjectNode answer = JSON.createObjectNode();
        answer.set("User", user(account, "Attributes", List.of()));
        return answer;
    }

    private JsonNode updateAttributes(CognitoRequest request) {
        request.requirePool();
        Map<String, String> changes = request.attributes();
        changes.keySet().forEach(CognitoService::requireKnown);
        pool.change(request.required("Username"), account -> {
            Map<String, String> attributes = new HashMap<>(account.attributes());
            unverify(attributes, changes, "email");
            unverify(attributes, changes, "phone_number");
            changes.forEach((name, value) -> {
                if (value.isEmpty()) {
                    attributes.remove(name);
                } else {
                    attributes.put(name, value);
                }
            });
            return account.withAttributes(attributes, Instant.now());
        });
        return JSON.createObjectNode();
    }

    /** A new address is not verified because the old one was. */
    private static void unverify(Map<String, String> attributes, Map<String, String> changes, String name) {
        @Nullable String changed = changes.get(name);
        if (changed != null && !changed.equals(attributes.get(name))) {
            attributes.put(name + "_verified", "false");
        }
    }

    private static void requireKnown(String attribute) {
        if (attribute.equals(CognitoAccount.SUB)) {
            throw CognitoFault.invalid("Cannot modify the non-mutable attribute sub");
        }
        if (!STANDARD.contains(attribute) && !attribute.startsWith("custom:") && !attribute.startsWith("dev:custom:")) {
            throw CognitoFault.invalid("Attributes did not conform to the schema: " + attribute
                    + ": The attribute is not defined in schema.");
        }
    }

    private JsonNode delete(CognitoRequest request) {
        request.requirePool();
        pool.delete(request.required("Username"));
        return JSON.createObjectNode();
    }

    private JsonNode get(CognitoRequest request) {
        request.requirePool();
        return user(pool.get(request.required("Username")), "UserAttributes", List.of());
    }
}
