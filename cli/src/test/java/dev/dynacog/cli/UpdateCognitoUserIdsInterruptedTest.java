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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are ended by a signal: the audit says what became of the rows, and the next run isn't held up. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(120)
class UpdateCognitoUserIdsInterruptedTest {
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
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(pool.cli().with("CONNECTION_URL", database.url()).variables());
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
        assertThat(Files.readString(folder.resolve("out"))).contains("interrupted; 0 rows were changed");
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
            String waiting =
                    "select 1 from pg_stat_activity where application_name = 'dynacog' and wait_event_type = 'Lock'"
                            + " and datname = current_database()";
            while (database.rows(waiting).isEmpty()) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            end(process, signal);
            assertThat(database.rows(waiting)).isEmpty();
            Cli next = pool.cli().with("CONNECTION_URL", database.url());
            long begun = System.nanoTime();
            assertThat(next.run("update-cognito-user-ids", "--lock-timeout", "1")
                            .exit())
                    .isEqualTo(5);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            other.rollback();
        }
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }
}
