package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Interruptible;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.UsersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are ended by a signal: the audit says what became of the rows, and the next run isn't held up. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(120)
class UpdateCognitoUserIdsInterruptedTest {
    private static final String WAITING =
            "select 1 from pg_stat_activity where application_name = 'dynacog' and wait_event_type = 'Lock'"
                    + " and datname = current_database()";

    /** Of 64 KB, some of which stay empty. */
    private static final int NEARLY_A_PIPE = 50_000;

    private final TestDatabase database;

    @TempDir
    Path folder = Path.of("");

    UpdateCognitoUserIdsInterruptedTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void makeTable() {
        UsersTable.UNIQUE.createIn(database);
        for (int i = 0; i < 4; i++) {
            UsersTable.insert(database, "user" + i, "MOCK");
        }
    }

    private Process start(StubCognito pool) throws IOException {
        return start(pool, database.url(), ProcessBuilder.Redirect.DISCARD);
    }

    private Process start(StubCognito pool, String url, ProcessBuilder.Redirect out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Interruptible.command(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.dynacog.cli.Dynacog",
                        "update-cognito-user-ids",
                        "--lock-timeout",
                        "60",
                        "--audit",
                        audit().toString())))
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(out);
        builder.environment().clear();
        builder.environment().putAll(pool.cli().with("CONNECTION_URL", url).variables());
        return builder.start();
    }

    private Path audit() {
        return folder.resolve("audit");
    }

    private void end(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(Files.readString(folder.resolve("err"))).contains("interrupted; 0 rows were changed");
        assertThat(Files.readAllLines(audit()))
                .singleElement()
                .asString()
                .contains("\"event\":\"rolled_back\"", "\"operator\":", "\"database\":", "\"rows\":0");
    }

    /** The file was empty. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void theAuditIsEndedWhenTheRunIsInterruptedWhileThePoolIsListed(String signal)
            throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (StubCognito pool = new StubCognito((request, body) -> {
            asked.countDown();
            await(done);
            return Answer.ok(StubCognito.page(0, 4, ""));
        })) {
            Process process = start(pool);
            await(asked);
            end(process, signal);
            done.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void theAuditIsEndedWhenTheRunIsInterruptedWhileItWaitsForARowAndTheNextIsNotHeldUp(String signal)
            throws IOException, InterruptedException, SQLException {
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
                Connection other = database.connect("test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from users where handle = 'user1' for update");
            Process process = start(pool);
            awaitLock(process);
            end(process, signal);
            assertThat(database.rows(WAITING)).isEmpty();
            Cli next = pool.cli().with("CONNECTION_URL", database.url());
            long begun = System.nanoTime();
            Cli.Run held = next.run("update-cognito-user-ids", "--lock-timeout", "1");
            assertThat(held.exit()).isEqualTo(5);
            assertThat(held.err())
                    .containsPattern("error  others hold a lock on public.users: process \\d+, postgres from 127.0.0.1"
                            + " with test, idle in transaction since \\S+ UTC; 0 rows were changed");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            other.rollback();
        }
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }

    private void awaitLock(Process process) {
        while (database.rows(WAITING).isEmpty()) {
            assertThat(process.isAlive()).isTrue();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Its lock, and the wait for another, outlived it by as long as statements may take. */
    @Test
    void whatAKilledRunWaitsForAndHoldsIsGivenUpByTheServer() throws IOException, InterruptedException, SQLException {
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
                Connection other = database.connect("test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from users where handle = 'user1' for update");
            Process process = start(pool);
            awaitLock(process);
            process.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            while (!database.rows(WAITING).isEmpty()) {
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(20));
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            other.rollback();
            assertThat(pool.cli()
                            .with("CONNECTION_URL", database.url())
                            .run("update-cognito-user-ids", "--lock-timeout", "1")
                            .exit())
                    .isZero();
        }
    }

    /** To be cancelled took a session of its own. */
    @Test
    void aRunIsStoppedOnAServerThatGivesItNoOtherSession() throws IOException, InterruptedException, SQLException {
        String role = "one_" + database.name();
        UsersTable.run(
                database,
                "create role " + role + " login password 'r' connection limit 1",
                "grant select, update (cognito_user_id) on users to " + role);
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
                Connection other = database.connect("test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from users where handle = 'user1' for update");
            Process process = start(
                    pool, database.url().replace("postgres:password@", role + ":r@"), ProcessBuilder.Redirect.DISCARD);
            awaitLock(process);
            long asked = System.nanoTime();
            end(process, "TERM");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
            assertThat(database.rows(WAITING)).isEmpty();
            other.rollback();
        }
    }

    /** It waited for the reader for ever. */
    @Test
    void aRunWhoseOutputNobodyReadsIsEndedAllTheSame() throws IOException, InterruptedException {
        database.execute("insert into users (display_name, handle, email, cognito_user_id)"
                + " select 'x', 'more' || n, 'x@example.com', 'MOCK' from generate_series(1, 4000) n");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")))) {
            Process process = start(pool, database.url(), ProcessBuilder.Redirect.PIPE);
            while (process.getInputStream().available() < NEARLY_A_PIPE) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            end(process, "TERM");
        }
    }

    /** The server doesn't answer to the commit, however it is asked to stop. */
    @Test
    void whetherACommitWithoutAnAnswerWasDoneIsUnknown() throws IOException, InterruptedException {
        database.execute("create function stubborn() returns trigger language plpgsql as $$ begin loop"
                + " begin perform pg_sleep(600); exception when query_canceled then null; end; end loop; end $$");
        database.execute("create constraint trigger stubborn after update on users deferrable initially deferred"
                + " for each row execute function stubborn()");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")))) {
            Process process = start(pool);
            while (database.rows(
                            "select 1 from pg_stat_activity where application_name = 'dynacog' and state = 'active'"
                                    + " and query ilike 'commit%' and datname = current_database()")
                    .isEmpty()) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(143);
        }
        assertThat(Files.readString(folder.resolve("err")))
                .endsWith("error  interrupted; the outcome of the last commit is unknown\n");
        assertThat(Files.readAllLines(audit())).last().asString().contains("\"event\":\"unknown\"");
        while (!database.rows("select 1 from pg_stat_activity where application_name = 'dynacog'"
                        + " and datname = current_database()")
                .isEmpty()) {
            // Gone within seconds, because it looks whether we are still there.
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }
}
