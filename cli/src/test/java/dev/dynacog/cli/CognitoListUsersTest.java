package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.local.CognitoOptions;
import dev.dynacog.local.CognitoServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CognitoListUsersTest {
    private static CognitoServer shippedPool() {
        return CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.empty()));
    }

    private static Cli cli(CognitoServer cognito) {
        return Cli.inPipe()
                .with(
                        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
                        cognito.endpoint().toString())
                .with("AWS_COGNITO_USER_POOL_ID", cognito.poolId());
    }

    @Test
    void theShippedUsersAreListedWithEverything() {
        try (CognitoServer cognito = shippedPool()) {
            Run list =
                    cli(cognito).run("cognito", "list-users", "--query", "[handle,sub,email_verified,attributes.name]");
            assertThat(list.exit()).isZero();
            assertThat(list.out())
                    .contains("[\"bayko\",\"e8350cca-d6bf-4451-acdd-0d6f5c3f4a11\",true,\"Andrew Bayko\"]\n");
            assertThat(list.outLines()).hasSize(4);
            assertThat(list.err()).isEqualTo("4 users · local " + cognito.endpoint() + " " + cognito.poolId() + "\n");
        }
    }

    @Test
    void aTerminalGetsATable() {
        try (CognitoServer cognito = shippedPool()) {
            Run list = cli(cognito)
                    .with("NO_COLOR", "1")
                    .atTerminal(160, "")
                    .run("--zone", "UTC", "cognito", "list-users", "--filter", "preferred_username = \"bayko\"");
            assertThat(list.outLines().get(0))
                    .isEqualTo("HANDLE  SUB                                   E-MAIL             STATUS     ENABLED  "
                            + "CREATED                    LAST MODIFIED");
            assertThat(list.outLines().get(1))
                    .startsWith("bayko   e8350cca-d6bf-4451-acdd-0d6f5c3f4a11  bayko@example.com  CONFIRMED  yes      "
                            + "1 Mar 2023 09:05 (");
        }
    }

    @Test
    void groupsAndFiltersNarrowTheList() {
        try (CognitoServer cognito = shippedPool()) {
            Cli cli = cli(cognito);
            assertThat(cli.run("cognito", "list-users", "--group", "admins", "--query", "handle")
                            .out())
                    .isEqualTo("\"andrewbrown\"\n");
            assertThat(cli.run("cognito", "list-users", "--filter", "email ^= \"ba\"", "--query", "handle")
                            .out())
                    .isEqualTo("\"bayko\"\n");
            assertThat(cli.run("cognito", "list-users", "--disabled").out()).isEmpty();
            assertThat(cli.run("cognito", "list-users", "--status", "confirmed").outLines())
                    .hasSize(4);
            assertThat(cli.run("cognito", "list-users", "--group", "admins", "--filter", "email ^= \"a\"")
                            .exit())
                    .isEqualTo(2);
            assertThat(cli.run("cognito", "list-users", "--group", "nobody").exit())
                    .isEqualTo(3);
            assertThat(cli.run("cognito", "list-users", "--filter", "email").exit())
                    .isEqualTo(2);
            assertThat(cli.run("cognito", "list-users", "--rate", "31").exit()).isEqualTo(2);
        }
    }

    @Test
    void whatIsMissingIsSaidInOneLineWithWhatToDo() {
        assertThat(Cli.inPipe().run("cognito", "list-users")).isEqualTo(new Run(2, "", """
                        error  no user pool is configured for environment local
                        hint   start the local pool (dynacog local up) or set AWS_COGNITO_USER_POOL_ID
                        """));
        try (CognitoServer cognito = shippedPool()) {
            Run list = cli(cognito)
                    .with("AWS_COGNITO_USER_POOL_ID", "eu-west-1_nothing")
                    .run("cognito", "list-users");
            assertThat(list.exit()).isEqualTo(3);
            assertThat(list.err()).startsWith("error  there is no user pool eu-west-1_nothing\nhint ");
        }
    }

    @Test
    void noPermissionIsSaidAsSuch() {
        try (StubCognito stub = new StubCognito((request, body) -> Answer.error(
                400, "AccessDeniedException", "User x is not authorized to perform: cognito-idp:ListUsers"))) {
            Run list = stub.cli().run("cognito", "list-users");
            assertThat(list.exit()).isEqualTo(4);
            assertThat(list.err()).contains("cognito-idp:ListUsers").contains("\nhint   ask for the permission");
        }
    }

    /** Defect 5: one call saw 60 of 70 users. */
    @Test
    void everyPageIsListedShortAndEmptyOnesIncluded() {
        try (StubCognito stub = new StubCognito((request, body) -> Answer.ok(
                switch (request) {
                    case 1 -> StubCognito.page(0, 60, "one");
                    case 2 -> StubCognito.page(0, 0, "two");
                    case 3 -> StubCognito.page(60, 61, "three");
                    default -> StubCognito.page(61, 70, "");
                }))) {
            Run list = stub.cli().run("cognito", "list-users", "--rate", "30", "--query", "handle");
            assertThat(list.exit()).isZero();
            assertThat(list.outLines()).hasSize(70).doesNotHaveDuplicates();
            assertThat(stub.bodies()).hasSize(4).last().asString().contains("\"PaginationToken\":\"three\"");
        }
    }

    /** Defect 3: one such user killed the list; asking for the attribute would make the service refuse the page. */
    @Test
    void aUserWithoutPreferredUsernameIsListed() {
        try (StubCognito stub = new StubCognito((request, body) -> Answer.ok(StubCognito.pageOf(
                List.of(
                        StubCognito.user("a", "CONFIRMED", "", StubCognito.sub(1)),
                        StubCognito.user("b", "UNCONFIRMED", "\"preferred_username\":\"bee\"", StubCognito.sub(2))),
                "")))) {
            Run list = stub.cli().run("cognito", "list-users", "--query", "[username,handle]");
            assertThat(list.out()).isEqualTo("[\"a\",null]\n[\"b\",\"bee\"]\n");
            assertThat(stub.bodies()).noneMatch(body -> body.contains("AttributesToGet"));
        }
    }

    @Test
    void aRepeatedTokenIsAnErrorAndNotALoop() {
        try (StubCognito stub = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 1, "again")))) {
            Run list = stub.cli().run("cognito", "list-users", "--rate", "30");
            assertThat(list.exit()).isEqualTo(1);
            assertThat(list.err()).startsWith("error  incomplete: the service repeated a page token");
        }
    }

    @Test
    void aTokenThatExpiresEndsTheListAsIncomplete() {
        try (StubCognito stub = new StubCognito((request, body) -> request == 1
                ? Answer.ok(StubCognito.page(0, 60, "one"))
                : Answer.error(400, "InvalidParameterException", "Invalid pagination token."))) {
            Run list = stub.cli().run("cognito", "list-users");
            assertThat(list.exit()).isEqualTo(1);
            assertThat(list.outLines()).hasSize(60);
            assertThat(list.err())
                    .startsWith("error  incomplete: some users were not listed")
                    .contains("expired");
        }
    }

    @Test
    void throttlingErrorsOfTheServiceAndCutConnectionsAreWaitedOut() {
        try (StubCognito stub = new StubCognito((request, body) -> switch (request % 4) {
            case 1 -> Answer.error(400, "TooManyRequestsException", "Rate exceeded");
            case 2 -> Answer.error(500, "InternalErrorException", "oops");
            case 3 -> Answer.cutOff();
            default ->
                Answer.ok(
                        StubCognito.page((request / 4 - 1) * 60, request / 4 * 60, request < 12 ? "t" + request : ""));
        })) {
            Run list = stub.cli().run("cognito", "list-users", "--rate", "30", "--query", "handle");
            assertThat(list.err()).doesNotContain("error");
            assertThat(list.exit()).isZero();
            assertThat(list.outLines()).hasSize(180).doesNotHaveDuplicates();
        }
    }

    /** Defect 15: AWS_ENDPOINT_URL, exported for DynamoDB Local, took Cognito's calls there too. */
    @Test
    void awsEndpointUrlDoesNotRedirectCognito() {
        try (CognitoServer cognito = shippedPool();
                StubCognito elsewhere = new StubCognito(
                        (request, body) -> Answer.error(400, "UnknownOperationException", "I am DynamoDB Local"))) {
            String wrong =
                    String.valueOf(elsewhere.cli().variables().get("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"));
            Run list = cli(cognito).with("AWS_ENDPOINT_URL", wrong).run("cognito", "list-users");
            assertThat(list.exit()).isZero();
            assertThat(list.outLines()).hasSize(4);
            assertThat(elsewhere.bodies()).isEmpty();
        }
    }
}
