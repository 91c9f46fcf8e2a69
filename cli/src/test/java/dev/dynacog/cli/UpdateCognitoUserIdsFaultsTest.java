package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.UsersTable;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.error.DynacogException;
import dev.dynacog.idsync.IdSync;
import dev.dynacog.idsync.Match;
import dev.dynacog.idsync.Plan;
import dev.dynacog.idsync.PoolUsers;
import dev.dynacog.idsync.SyncRequest;
import dev.dynacog.idsync.TableName;
import dev.dynacog.local.PostgresOptions;
import dev.dynacog.local.PostgresServer;
import dev.dynacog.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** After each fault: nothing half done, a clear line, the right exit code. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(120)
class UpdateCognitoUserIdsFaultsTest {
    private static final String TERMINATE_OTHERS =
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()";

    private final TestDatabase database;

    UpdateCognitoUserIdsFaultsTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void makeTable() {
        UsersTable.UNIQUE.createIn(database);
        for (int i = 0; i < 4; i++) {
            UsersTable.insert(database, "user" + i, "MOCK");
        }
    }

    private static StubCognito wholePool() {
        return new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
    }

    private Run sync(StubCognito pool, String... options) {
        List<String> arguments = new ArrayList<>(List.of("update-cognito-user-ids", "--rate", "30"));
        arguments.addAll(Arrays.asList(options));
        return cli(pool).run(arguments.toArray(String[]::new));
    }

    private Cli cli(StubCognito pool) {
        return pool.cli().with("CONNECTION_URL", database.url());
    }

    private Run syncWholePool(String... options) {
        try (StubCognito pool = wholePool()) {
            return sync(pool, options);
        }
    }

    private void assertNothingWasWritten() {
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }

    private void assertEverythingWasWritten() {
        assertThat(database.rows("select handle || ' ' || cognito_user_id from users order by handle"))
                .containsExactly(
                        "user0 " + StubCognito.sub(0),
                        "user1 " + StubCognito.sub(1),
                        "user2 " + StubCognito.sub(2),
                        "user3 " + StubCognito.sub(3));
    }

    /** Defect 12: exceptions were swallowed. */
    @Test
    void aPageThatFailsIsNotSwallowedAndNothingIsWritten() {
        try (StubCognito pool = new StubCognito((request, body) -> request == 1
                ? Answer.ok(StubCognito.page(0, 3, "more"))
                : Answer.error(400, "AccessDeniedException", "no more"))) {
            Run run = sync(pool);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error  incomplete: some users were not listed: ")
                    .contains("no more");
            assertThat(run.out()).isEmpty();
        }
        assertNothingWasWritten();
    }

    @Test
    void aTokenThatExpiresOnceStartsTheListOver() {
        try (StubCognito pool = new StubCognito((request, body) -> switch (request) {
            case 1 -> Answer.ok(StubCognito.page(0, 2, "one"));
            case 2 -> Answer.error(400, "InvalidParameterException", "Invalid pagination token.");
            case 3 -> Answer.ok(StubCognito.page(0, 2, "two"));
            default -> Answer.ok(StubCognito.page(2, 4, ""));
        })) {
            Run run = sync(pool);
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("\"users\":4,");
            assertThat(pool.bodies().get(2)).doesNotContain("PaginationToken");
        }
        assertEverythingWasWritten();
    }

    @Test
    void aTokenThatExpiresAgainEndsItWithNothingWritten() {
        try (StubCognito pool = new StubCognito((request, body) -> request % 2 == 1
                ? Answer.ok(StubCognito.page(0, 2, "t" + request))
                : Answer.error(400, "InvalidParameterException", "Invalid pagination token."))) {
            Run run = sync(pool);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).startsWith("error  incomplete: some users were not listed");
            assertThat(pool.bodies()).hasSize(4);
        }
        assertNothingWasWritten();
    }

    @Test
    void aRepeatedTokenEndsItWithNothingWritten() {
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "same")))) {
            assertThat(sync(pool).exit()).isEqualTo(1);
        }
        assertNothingWasWritten();
    }

    @Test
    void throttlingThreeTimesOutOfFourOnlyTakesLonger() {
        try (StubCognito pool = new StubCognito((request, body) -> request % 4 == 0
                ? Answer.ok(request == 4 ? StubCognito.page(0, 2, "more") : StubCognito.page(2, 4, ""))
                : Answer.error(400, "TooManyRequestsException", "Rate exceeded"))) {
            assertThat(sync(pool).exit()).isZero();
        }
        assertEverythingWasWritten();
    }

    @Test
    void usersListedTwiceAndOddAttributesDoNoHarm() {
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(
                switch (request) {
                    case 1 -> StubCognito.page(0, 3, "more");
                    case 2 -> StubCognito.page(2, 4, "odd");
                    default ->
                        "{\"Users\":[{},{\"Username\":\"x\",\"Attributes\":null},{\"Username\":\"y\",\"Attributes\":[{\"Name\":"
                                + "\"preferred_username\"},{\"Name\":\"custom:a\",\"Value\":\"\"}],\"Unknown\":1}]}";
                }))) {
            Run run = sync(pool);
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("\"users\":7,").contains("\"bad_sub\":3");
        }
        assertEverythingWasWritten();
    }

    @Test
    void connectionsThatAreCutWhileThePoolIsListedAreMadeAnew() {
        try (StubCognito pool = new StubCognito((request, body) -> {
            database.rows(TERMINATE_OTHERS);
            return Answer.ok(StubCognito.page(0, 4, ""));
        })) {
            assertThat(sync(pool).exit()).isZero();
        }
        assertEverythingWasWritten();
    }

    @Test
    void aDatabaseThatIsGoneBeforeTheCopyIsToldWithNothingChanged(@TempDir Path cache) {
        PostgresServer server =
                PostgresServer.start(new PostgresOptions(0, Optional.empty(), cache, ProcessBuilder.Redirect.DISCARD));
        TestDatabase leaving = new TestDatabase(server.url(), "leaving");
        leaving.create();
        UsersTable.OLD.createIn(leaving);
        try (StubCognito pool = new StubCognito((request, body) -> {
            server.close();
            return Answer.ok(StubCognito.page(0, 4, ""));
        })) {
            Run run = pool.cli().with("CONNECTION_URL", leaving.url()).run("update-cognito-user-ids");
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.err())
                    .startsWith("error  cannot connect to Postgres at")
                    .contains("; 0 rows were changed\n");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsToldBeforeThePoolIsListed() {
        try (StubCognito pool = wholePool()) {
            Run run = pool.cli()
                    .with("CONNECTION_URL", "postgresql://postgres:secret@localhost:1/x")
                    .run("update-cognito-user-ids");
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.err()).doesNotContain("secret");
            assertThat(pool.bodies()).isEmpty();
        }
    }

    @Test
    void aConnectionLostDuringTheUpdateLeavesNothingChanged(@TempDir Path folder) throws IOException {
        onUpdate(
                "perform pg_terminate_backend(pg_backend_pid());",
                "create trigger fault before update on users" + " for each row execute function fault()");
        Path audit = folder.resolve("audit");
        Run run = syncWholePool("--audit", audit.toString());
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .startsWith("error  the connection to " + database.name())
                .contains("; 0 rows were changed\n");
        assertThat(Files.readAllLines(audit)).singleElement().asString().contains("\"event\":\"rolled_back\"");
        assertNothingWasWritten();
    }

    @Test
    void aConnectionLostDuringTheCommitIsToldAsUnknownAndRunningAgainIsSafe(@TempDir Path folder) throws IOException {
        onUpdate(
                "perform pg_terminate_backend(pg_backend_pid());",
                "create constraint trigger fault after update on users"
                        + " deferrable initially deferred for each row execute function fault()");
        Path audit = folder.resolve("audit");
        Run run = syncWholePool("--audit", audit.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("was lost during the commit: the outcome is unknown")
                .contains("hint   run again: it is safe");
        assertThat(Files.readAllLines(audit)).hasSize(5).last().asString().contains("\"event\":\"unknown\"");
        UsersTable.run(database, "drop trigger fault on users");
        assertThat(syncWholePool().exit()).isZero();
        assertEverythingWasWritten();
    }

    @Test
    void aRefusedCommitLeavesNothingChanged() {
        onUpdate(
                "raise exception 'not today';",
                "create constraint trigger fault after update on users deferrable"
                        + " initially deferred for each row execute function fault()");
        Run run = syncWholePool();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("error  Postgres refused the commit: not today; 0 rows were changed");
        assertNothingWasWritten();
    }

    @Test
    void rowsThatATriggerHoldsBackAreNoticedAndNothingIsChanged() {
        onUpdate(
                "if old.handle = 'user2' then return null; end if;",
                "create trigger fault before update on users" + " for each row execute function fault()");
        Run run = syncWholePool();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("error  3 rows would have been changed instead of 4; 0 rows were changed");
        assertNothingWasWritten();
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() {
        onUpdate(
                "perform pg_sleep(30);",
                "create trigger fault before update on users" + " for each row execute function fault()");
        Run run = syncWholePool("--statement-timeout", "1");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).contains("a statement took too long").contains("; 0 rows were changed\n");
        assertNothingWasWritten();
    }

    @Test
    void aLockHeldBySomebodyElseTimesOutAndSaysWho() throws SQLException {
        try (Connection other = database.connect("test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set application_name = 'the app'");
            statement.execute("update users set display_name = 'y' where handle = 'user1'");
            Run run = syncWholePool("--lock-timeout", "1");
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.err())
                    .startsWith("error  others hold a lock on public.users: process ")
                    .contains("with the app, idle in transaction since")
                    .contains("; 0 rows were changed\n");
            other.rollback();
        }
        assertNothingWasWritten();
        assertThat(syncWholePool().exit()).isZero();
    }

    @Test
    void aSecondSyncAtTheSameTimeSaysWhoRunsTheFirst() throws SQLException {
        try (Connection gate = database.connect("test");
                Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(4711)");
            onUpdate(
                    "perform pg_advisory_xact_lock(4711);",
                    "create trigger fault before update on users" + " for each statement execute function fault()");
            CompletableFuture<Run> first = CompletableFuture.supplyAsync(() -> syncWholePool("--lock-timeout", "60"));
            awaitRows("select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted");
            Run second = syncWholePool("--lock-timeout", "1");
            assertThat(second.exit()).isEqualTo(5);
            assertThat(second.err())
                    .startsWith("error  others hold a lock on public.users: process ")
                    .contains("with dynacog");
            assertNothingWasWritten();
            statement.execute("select pg_advisory_unlock(4711)");
            assertThat(first.join().exit()).isZero();
        }
        assertEverythingWasWritten();
    }

    private void awaitRows(String query) {
        while (database.rows(query).isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void aTableThatChangedSinceThePlanWasShownIsNotWritten() {
        try (StubCognito pool = wholePool()) {
            Environment environment = new SettingsLoader(
                            cli(pool).variables(),
                            Path.of(""),
                            Folders.of(cli(pool).variables(), Path.of("/nonexistent")))
                    .load(Flags.none())
                    .environment();
            SyncRequest request = new SyncRequest(
                    new Match("preferred_username", "handle"),
                    TableName.parse("public.users"),
                    "cognito_user_id",
                    false,
                    false,
                    false,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));
            try (AwsClients clients = new AwsClients(environment);
                    Database connected = Database.of(environment);
                    PoolUsers users = PoolUsers.list(UserPool.of(clients, environment), 30, request, count -> {})) {
                IdSync sync = new IdSync(connected, request);
                try (Plan plan = sync.plan(users, true)) {
                    UsersTable.run(database, "update users set handle = 'renamed' where handle = 'user3'");
                    assertThatThrownBy(() -> sync.apply(users, plan, OptionalInt.empty(), Optional.empty()))
                            .isInstanceOf(DynacogException.Failed.class)
                            .hasMessageStartingWith("the table was changed since the plan was made; 0 rows");
                }
            }
        }
        assertNothingWasWritten();
    }

    @Test
    void aUserWhoMayNotWriteIsToldWhatIsNeeded() {
        UsersTable.run(
                database,
                "drop role if exists reader_of_users",
                "create role reader_of_users login password 'r'",
                "grant select on users to reader_of_users");
        try (StubCognito pool = wholePool()) {
            Run run = pool.cli()
                    .with("CONNECTION_URL", database.url().replace("postgres:password@", "reader_of_users:r@"))
                    .run("update-cognito-user-ids");
            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err()).contains("permission denied").contains("hint   requires select and update");
        }
        UsersTable.run(database, "drop owned by reader_of_users", "drop role reader_of_users");
        assertNothingWasWritten();
    }

    private void onUpdate(String body, String trigger) {
        UsersTable.run(
                database,
                "create function fault() returns trigger language plpgsql as $$ begin " + body + " return new; end $$",
                trigger);
    }
}
