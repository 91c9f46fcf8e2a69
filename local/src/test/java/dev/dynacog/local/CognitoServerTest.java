package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CognitoServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Answer(int status, JsonNode body) {
        String type() {
            return body.path("__type").asText();
        }
    }

    private static CognitoServer inMemory() {
        return CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.empty()));
    }

    private static CognitoServer keptIn(Path folder) {
        return CognitoServer.start(new CognitoOptions(0, Optional.of(folder), Optional.empty()));
    }

    /** Fields of the request beside the pool's id, as JSON with single quotes. */
    private static Answer ask(CognitoServer server, String operation, String fields) throws IOException {
        String pool = "\"UserPoolId\":\"" + server.poolId() + "\"";
        return send(
                server,
                "POST",
                operation,
                "{" + pool + (fields.isEmpty() ? "" : "," + fields.replace('\'', '"')) + "}");
    }

    private static Answer send(CognitoServer server, String method, String operation, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.endpoint().toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setRequestProperty("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        if (method.equals("POST")) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (var in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? JSON.createObjectNode() : JSON.readTree(in.readAllBytes()));
        }
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("Users").forEach(user -> names.add(user.path("Username").asText()));
        return names;
    }

    private static void create(CognitoServer server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ask(server, "AdminCreateUser", "'Username':'u%03d'".formatted(i));
        }
    }

    @Test
    void usersComeSixtyAPageUntilNoTokenIsLeft() throws IOException {
        try (CognitoServer server = inMemory()) {
            create(server, 120);
            List<Integer> sizes = new ArrayList<>();
            List<String> all = new ArrayList<>();
            String token = "";
            do {
                Answer page = ask(server, "ListUsers", token.isEmpty() ? "" : "'PaginationToken':'" + token + "'");
                sizes.add(names(page.body()).size());
                all.addAll(names(page.body()));
                token = page.body().path("PaginationToken").asText("");
            } while (!token.isEmpty());
            assertThat(sizes).containsExactly(60, 60, 4);
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @Test
    void aTokenIsGoodForTheRequestThatItCameFromOnly() throws IOException {
        try (CognitoServer server = inMemory()) {
            String token = ask(server, "ListUsers", "'Limit':1")
                    .body()
                    .path("PaginationToken")
                    .asText();
            assertThat(ask(server, "ListUsers", "'Limit':1,'PaginationToken':'" + token + "'")
                            .status())
                    .isEqualTo(200);
            Answer other = ask(server, "ListUsers", "'Filter':'name ^= \\\"A\\\"','PaginationToken':'" + token + "'");
            assertThat(other.status()).isEqualTo(400);
            assertThat(other.type()).isEqualTo("InvalidParameterException");
            assertThat(ask(server, "ListUsers", "'PaginationToken':'nonsense'").type())
                    .isEqualTo("InvalidParameterException");
        }
    }

    @Test
    void aTokenOlderThanAnHourIsRefused() throws IOException {
        try (CognitoServer server = inMemory()) {
            List<String> asked = List.of("ListUsers", "");
            Instant now = Instant.now();
            String young = new CognitoPageToken("a", now.minus(Duration.ofMinutes(58))).text(asked);
            String old = new CognitoPageToken("a", now.minus(Duration.ofMinutes(61))).text(asked);
            assertThat(ask(server, "ListUsers", "'PaginationToken':'" + young + "'")
                            .status())
                    .isEqualTo(200);
            assertThat(ask(server, "ListUsers", "'PaginationToken':'" + old + "'")
                            .type())
                    .isEqualTo("InvalidParameterException");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "email = \\\"bayko@example.com\\\";1",
                "email ^= \\\"BAY\\\";1",
                "preferred_username^=\\\"\\\";4",
                "sub = \\\"e8350cca-d6bf-4451-acdd-0d6f5c3f4a11\\\";1",
                "sub = \\\"E8350CCA-d6bf-4451-acdd-0d6f5c3f4a11\\\";0",
                "status = \\\"Enabled\\\";4",
                "status = \\\"enabled\\\";0",
                "cognito:user_status = \\\"confirmed\\\";4",
                "name = \\\"G'Kar\\\";1",
                "``;4",
            })
    void filtersFollowTheServicesRules(String filter, int found) throws IOException {
        try (CognitoServer server = inMemory()) {
            Answer answer = send(
                    server,
                    "POST",
                    "ListUsers",
                    "{\"UserPoolId\":\"" + server.poolId() + "\",\"Filter\":\"" + filter + "\"}");
            assertThat(names(answer.body())).hasSize(found);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'Filter':'nickname = \\\"a\\\"';InvalidParameterException",
                "'Filter':'custom:a = \\\"a\\\"';InvalidParameterException",
                "'Filter':'email';InvalidParameterException",
                "'Filter':'email = a';InvalidParameterException",
                "'Filter':'email = \\\"a\\\" and name = \\\"b\\\"';InvalidParameterException",
                "'Limit':61;InvalidParameterException",
                "'Limit':-1;InvalidParameterException",
                "'AttributesToGet':['email','phone_number'];InvalidParameterException",
                "'UserPoolId':'local_other';ResourceNotFoundException",
                "'UserPoolId':'other';InvalidParameterException",
            })
    void wrongRequestsAreRefusedAsTheServiceDoes(String fields, String type) throws IOException {
        try (CognitoServer server = inMemory()) {
            Answer answer = ask(server, "ListUsers", fields);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.type()).isEqualTo(type);
            assertThat(answer.body().path("message").asText()).isNotEmpty();
        }
    }

    @Test
    void onlyTheAttributesThatWereAskedForComeBack() throws IOException {
        try (CognitoServer server = inMemory()) {
            JsonNode user = ask(server, "ListUsers", "'AttributesToGet':['email'],'Limit':1")
                    .body()
                    .path("Users")
                    .get(0);
            assertThat(user.path("Attributes")).hasSize(1);
            assertThat(user.path("Attributes").get(0).path("Name").asText()).isEqualTo("email");
        }
    }

    @Test
    void usersAreAdministered() throws IOException {
        try (CognitoServer server = inMemory()) {
            Answer made = ask(
                    server,
                    "AdminCreateUser",
                    "'Username':'sam','UserAttributes':[{'Name':'email','Value':'s@x'},"
                            + "{'Name':'email_verified','Value':'true'},{'Name':'custom:team','Value':'red'}]");
            assertThat(made.body().path("User").path("UserStatus").asText()).isEqualTo("FORCE_CHANGE_PASSWORD");
            assertThat(ask(server, "AdminCreateUser", "'Username':'sam'").type())
                    .isEqualTo("UsernameExistsException");
            ask(
                    server,
                    "AdminUpdateUserAttributes",
                    "'Username':'sam','UserAttributes':[{'Name':'email','Value':'t@x'},{'Name':'custom:team','Value':''}]");
            String sam = ask(server, "AdminGetUser", "'Username':'sam'")
                    .body()
                    .path("UserAttributes")
                    .toString();
            assertThat(sam)
                    .contains("{\"Name\":\"email\",\"Value\":\"t@x\"}")
                    .contains("{\"Name\":\"email_verified\",\"Value\":\"false\"}")
                    .doesNotContain("custom:team");
            assertThat(ask(
                                    server,
                                    "AdminUpdateUserAttributes",
                                    "'Username':'sam','UserAttributes':[{'Name':'sub','Value':'x'}]")
                            .type())
                    .isEqualTo("InvalidParameterException");
            ask(server, "AdminDeleteUser", "'Username':'sam'");
            assertThat(ask(server, "AdminGetUser", "'Username':'sam'").type()).isEqualTo("UserNotFoundException");
            assertThat(ask(server, "DescribeUserPool", "")
                            .body()
                            .path("UserPool")
                            .path("EstimatedNumberOfUsers")
                            .asInt())
                    .isEqualTo(4);
        }
    }

    @Test
    void groupsAreListed() throws IOException {
        try (CognitoServer server = inMemory()) {
            assertThat(names(ask(server, "ListUsersInGroup", "'GroupName':'admins'")
                            .body()))
                    .containsExactly("5b2e8a34-0c1d-4f7e-9a63-1d7c2f90b411");
            assertThat(ask(server, "ListUsersInGroup", "'GroupName':'nobody'").type())
                    .isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void whatItCannotDoIsSaid() throws IOException {
        try (CognitoServer server = inMemory()) {
            assertThat(ask(server, "InitiateAuth", "").type()).isEqualTo("UnknownOperationException");
            assertThat(send(server, "POST", "ListUsers", "{nonsense").type()).isEqualTo("SerializationException");
        }
    }

    @Test
    void noWebPageIsAllowedIn() throws IOException {
        try (CognitoServer server = inMemory()) {
            assertThat(send(server, "OPTIONS", "ListUsers", "").status()).isEqualTo(403);
            assertThat(send(server, "GET", "ListUsers", "").status()).isEqualTo(404);
        }
    }

    @Test
    void changedUsersAreKeptWithTheData(@TempDir Path folder) throws IOException {
        try (CognitoServer server = keptIn(folder)) {
            ask(server, "AdminCreateUser", "'Username':'sam'");
            ask(server, "AdminDeleteUser", "'Username':'e8350cca-d6bf-4451-acdd-0d6f5c3f4a11'");
        }
        try (CognitoServer server = keptIn(folder)) {
            assertThat(names(ask(server, "ListUsers", "").body()))
                    .contains("sam")
                    .doesNotContain("e8350cca-d6bf-4451-acdd-0d6f5c3f4a11")
                    .hasSize(4);
        }
        try (CognitoServer server = inMemory()) {
            assertThat(names(ask(server, "ListUsers", "").body())).doesNotContain("sam");
        }
    }

    @Test
    void anotherUsersFileReplacesThePoolAndTheSameOneDoesNot(@TempDir Path folder) throws IOException {
        Path users = folder.resolve("users.json");
        Files.writeString(users, "{\"users\":[{\"attributes\":{\"preferred_username\":\"only\"}}]}");
        CognitoOptions options = new CognitoOptions(0, Optional.of(folder.resolve("data")), Optional.of(users));
        try (CognitoServer server = keptIn(folder.resolve("data"))) {
            ask(server, "AdminCreateUser", "'Username':'sam'");
        }
        try (CognitoServer server = CognitoServer.start(options)) {
            assertThat(server.users()).isEqualTo(1);
            ask(server, "AdminCreateUser", "'Username':'tom'");
        }
        try (CognitoServer server = CognitoServer.start(options)) {
            assertThat(names(ask(server, "ListUsers", "").body()))
                    .contains("tom")
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nonsense;is not JSON",
                "{};has no list",
                "{'users':[{'name':'x'}]};has a field 'name'",
                "{'users':[{}]};needs a sub",
                "{'users':[{'username':'a'},{'username':'a'}]};twice",
                "{'users':[{'username':'a','created':'now'}]};not a time",
            })
    void aWrongUsersFileIsToldWithWhatIsWrong(String content, String message, @TempDir Path folder) throws IOException {
        Path users = folder.resolve("users.json");
        Files.writeString(users, content.replace('\'', '"'));
        String expected = message;
        assertThatThrownBy(() -> CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.of(users))))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("users.json");
    }

    @Test
    void aLongFilterIsRefusedAndRecursesNowhere() throws IOException {
        try (CognitoServer server = inMemory()) {
            assertThat(filtered(server, "name = \"" + "a".repeat(100_000) + "\"")
                            .type())
                    .isEqualTo("InvalidParameterException");
            for (String part : List.of("\\", "a", "\\a")) {
                String unended = "name = \"" + part.repeat(81);
                assertThat(filtered(server, unended).type()).as(unended).isEqualTo("InvalidParameterException");
            }
            assertThat(filtered(server, "name = \"a\\\"b\\\\c\" ").status()).isEqualTo(200);
            assertThat(filtered(server, "name = \"a\" b").status()).isEqualTo(400);
        }
    }

    private static Answer filtered(CognitoServer server, String filter) throws IOException {
        return ask(server, "ListUsers", "'Filter':" + JSON.writeValueAsString(filter));
    }

    /** It was read into memory until that was full. */
    @Test
    void aUsersFileThatNeverEndsIsRefused() {
        assertThatThrownBy(() ->
                        CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.of(Path.of("/dev/zero")))))
                .isInstanceOf(StackException.class)
                .hasMessage("the users file /dev/zero is not a plain file");
    }
}
