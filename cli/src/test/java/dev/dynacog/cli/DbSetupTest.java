package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.local.CognitoOptions;
import dev.dynacog.local.CognitoServer;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of it, and what protects a database that matters. Environment staging is guarded, as every new one is. */
@ExtendWith(LocalServers.Extension.class)
class DbSetupTest {
    private final TestDatabase database;
    private final DynamoServer dynamo = LocalServers.freshDynamo();
    private Cli cli = Cli.inPipe();
    private Cli staging = Cli.inPipe();

    DbSetupTest(LocalServers servers) {
        this.database = TestDatabase.absent(servers);
    }

    @BeforeEach
    void pointAtServersOfOurOwn(@TempDir Path config) throws IOException {
        Files.createDirectories(config.resolve("dynacog"));
        Files.writeString(config.resolve("dynacog/dynacog.yaml"), """
                environments:
                  staging:
                    dynamodb: local
                    cognito: local
                    postgres:
                      url-from: STAGING_URL
                """);
        Cli both = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .with("NO_COLOR", "1");
        cli = both.with("CONNECTION_URL", database.url());
        staging = both.with("XDG_CONFIG_HOME", config.toString())
                .with("DYNACOG_ENV", "staging")
                .with("AWS_REGION", "eu-west-1")
                .with("STAGING_URL", database.url());
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    private void row() {
        database.create();
        database.execute("create table precious (a int); insert into precious values (1)");
    }

    private List<String> precious() {
        return database.rows("select a from precious");
    }

    @Test
    void setupMakesEverythingFromNothingAndAgain() {
        Run setup = cli.run("db", "setup", "--query", "step");
        assertThat(setup.exit()).isZero();
        assertThat(setup.out())
                .isEqualTo(
                        "\"drop\"\n\"create\"\n\"schema\"\n\"migrations\"\n\"seed\"\n\"message table\"\n\"conversations\"\n\"cognito ids\"\n");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
        assertThat(cli.run("list-tables", "--names").out()).contains("cruddur-messages");
        database.execute("delete from public.activities; delete from public.users where handle = 'bayko'");
        Run again = cli.atTerminal(80, "").run("db", "setup");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("1/8  drop             " + database.name() + " dropped\n");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
    }

    @Test
    void setupEndsWithTheIdsOfThePoolThatIsSet() {
        try (CognitoServer cognito = CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.empty()))) {
            Run setup = cli.with(
                            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
                            cognito.endpoint().toString())
                    .with("AWS_COGNITO_USER_POOL_ID", cognito.poolId())
                    .run("db", "setup");
            assertThat(setup.exit()).isZero();
            assertThat(setup.out()).contains("{\"step\":\"cognito ids\",\"result\":\"4 rows of 4 users in ");
        }
        assertThat(database.rows("select count(*) from public.users where cognito_user_id = 'MOCK'"))
                .containsExactly("0");
    }

    /** As by update-cognito-user-ids, which would need --force. */
    @ParameterizedTest
    @CsvSource({
        "{\"users\": []}, the pool is empty",
        "{\"users\": [{\"attributes\": {\"preferred_username\": \"nobody\"}}]}, the pool has 1 user; less than half of the 4 rows"
    })
    void aDoubtfulPoolIsNotTaken(String users, String why, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("users.json"), users);
        try (CognitoServer cognito = CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.of(file)))) {
            Run setup = cli.with(
                            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
                            cognito.endpoint().toString())
                    .with("AWS_COGNITO_USER_POOL_ID", cognito.poolId())
                    .run("db", "setup");
            assertThat(setup.err()).contains(why.replace(';', ',')).contains("0 rows were changed");
            assertThat(setup.err())
                    .contains(
                            "check that this is the right pool; the rest is set up; continue with: dynacog update-cognito-user-ids"
                                    + " --force");
            assertThat(setup.exit()).isEqualTo(2);
        }
        assertThat(database.rows("select count(*) from public.users where cognito_user_id = 'MOCK'"))
                .containsExactly("4");
    }

    @Test
    void aPoolThatDoesNotAnswerIsKnownBeforeTheDrop() {
        row();
        assertThat(cli.with("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "http://127.0.0.1:1")
                        .with("AWS_COGNITO_USER_POOL_ID", "local_cruddur")
                        .run("db", "setup")
                        .exit())
                .isEqualTo(5);
        assertThat(precious()).containsExactly("1");
    }

    @Test
    void dryRunShowsTheStepsAndTakesNone() {
        row();
        Run plan = cli.run("db", "setup", "--dry-run");
        assertThat(plan.exit()).isZero();
        assertThat(plan.err()).contains("db setup drops the database " + database.name());
        assertThat(plan.outLines()).hasSize(8);
        assertThat(precious()).containsExactly("1");
        assertThat(cli.run("list-tables", "--names").out()).isEmpty();
    }

    @Test
    void setupThatIsNotConfirmedLeavesEverythingAsItWas() {
        row();
        Run declined = staging.atTerminal(80, "no\n").run("db", "setup");
        assertThat(declined.exit()).isEqualTo(2);
        assertThat(declined.err()).contains(" staging   account unknown").contains("Type the name of the database");
        // The end of the input is what Ctrl-D and a closed window look like.
        assertThat(staging.atTerminal(80, "").run("db", "setup").exit()).isEqualTo(2);
        assertThat(staging.atTerminal(80, database.name() + "\nno\n")
                        .run("db", "setup")
                        .exit())
                .isEqualTo(2);
        assertThat(precious()).containsExactly("1");
        assertThat(cli.run("list-tables", "--names").out()).isEmpty();
    }

    @Test
    void setupThatCantBeFinishedDropsNothing() throws SQLException {
        row();
        assertThat(cli.with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
                        .run("db", "setup")
                        .exit())
                .isEqualTo(5);
        assertThat(cli.run("db", "setup", "--dir", "/nonexistent").exit()).isEqualTo(3);
        try (Connection holder = database.connect("the-app")) {
            Run held = cli.run("db", "setup");
            assertThat(held.exit()).isEqualTo(1);
            assertThat(held.err()).contains("the-app");
            assertThat(holder.isValid(1)).isTrue();
        }
        assertThat(precious()).containsExactly("1");
    }

    @Test
    void setupThatIsConfirmedByNameGoesOn() {
        row();
        Run run = staging.run("db", "setup", "--confirm", database.name(), "--confirm", "cruddur-messages");
        assertThat(run.exit()).isZero();
        assertThat(run.err())
                .contains(" staging   account unknown · ")
                .contains("postgres at " + database.hostAndPort() + "/" + database.name());
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
    }

    /** Defect 14. */
    @ParameterizedTest
    @ValueSource(
            strings = {"create", "drop", "schema-load", "seed", "migrate", "rollback", "setup", "sessions --kill 1"})
    void aGuardedDatabaseIsNotWrittenWithoutItsName(String command) {
        row();
        String[] arguments = ("db " + command).split(" ", -1);
        Run run = staging.run(arguments);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--confirm " + database.name() + " to proceed");
        assertThat(staging.with("STAGING_URL", "postgresql://u:p@127.0.0.1:1/" + database.name())
                        .run(arguments)
                        .exit())
                .isEqualTo(2);
        assertThat(precious()).containsExactly("1");
    }

    /** Defect 14. */
    @ParameterizedTest
    @ValueSource(
            strings = {"create", "drop", "schema-load", "seed", "migrate", "rollback", "setup", "sessions", "connect"})
    void productionWithoutAnAddressIsAnErrorAndNeverTheLocalDatabase(String command) {
        Run run = cli.run("--env", "prod", "db", command);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("no Postgres is configured for environment prod")
                .contains("PROD_CONNECTION_URL=");
        assertThat(database.exists()).isFalse();
    }

    @Test
    void theTypedNameConfirmsADrop() {
        row();
        assertThat(staging.atTerminal(80, database.name() + "\n")
                        .run("db", "drop")
                        .exit())
                .isZero();
        assertThat(database.exists()).isFalse();
    }
}
