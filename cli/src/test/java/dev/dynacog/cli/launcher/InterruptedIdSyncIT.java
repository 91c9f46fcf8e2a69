package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sync that somebody has had enough of says what became of the rows, and leaves nothing running. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(300)
class InterruptedIdSyncIT {
    private static final String WAITING = "select 1 from pg_locks where locktype = 'transactionid' and not granted";

    /** Runs a command at a terminal of its own, which nobody types at, and ends as it ended. */
    private static final String TERMINAL =
            "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

    private final TestDatabase database;

    @TempDir
    Path folder;

    InterruptedIdSyncIT(LocalServers servers) {
        this.database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void makeTable() {
        UsersTable.OLD.createIn(database);
        for (int i = 0; i < 4; i++) {
            UsersTable.insert(database, "user" + i, "MOCK");
        }
    }

    private Run.Running sync(StubCognito pool, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("update-cognito-user-ids", "--lock-timeout", "60"));
        arguments.addAll(List.of(options));
        Run run = Run.of(folder, Distribution.shared().launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .with("CONNECTION_URL", database.url());
        for (String name : List.of("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_COGNITO_USER_POOL_ID")) {
            run = run.with(name, String.valueOf(pool.cli().variables().get(name)));
        }
        return run.args(arguments.toArray(String[]::new)).start();
    }

    private Run.Result end(Run.Running running, String signal) {
        Run.of(folder, "kill", "-" + signal, String.valueOf(running.process().pid()))
                .run();
        Run.Result result = running.await();
        assertThat(result.exit()).describedAs(result.err()).isEqualTo(signal.equals("INT") ? 130 : 143);
        Run.until(
                "the server has stopped it",
                () -> database.rows(
                                "select 1 from pg_stat_activity where application_name = 'dynacog' and datname = current_database()")
                        .isEmpty());
        return result;
    }

    @Test
    void whileThePoolIsListedNothingWasWritten() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (StubCognito pool = new StubCognito((request, body) -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.ok(StubCognito.page(0, 4, ""));
        })) {
            Run.Running running = sync(pool);
            Run.until("the pool is asked", () -> asked.getCount() == 0);
            assertThat(end(running, "INT").err()).isEqualTo("error  interrupted; 0 rows were changed\n");
            never.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void inTheMidstOfTheUpdateTheServerTakesItBackAndTheAuditSaysSo(String signal) throws IOException, SQLException {
        Path audit = folder.resolve("audit");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
                Connection other = database.connect("other");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update users set email = 'x' where handle = 'user2'");
            Run.Running running = sync(pool, "--audit", audit.toString());
            Run.until("it waits for the row", () -> !database.rows(WAITING).isEmpty());
            assertThat(end(running, signal).err()).isEqualTo("error  interrupted; 0 rows were changed\n");
            other.rollback();
        }
        assertThat(Files.readAllLines(audit)).last().asString().contains("\"event\":\"rolled_back\"");
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void atTheQuestionWhetherToGoOnNothingWasWritten(String signal) throws IOException {
        assumeTrue(Run.of(folder, "python3", "-c", "import os, pty; os.waitstatus_to_exitcode")
                        .run()
                        .exit()
                == 0);
        Path audit = folder.resolve("audit");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")))) {
            Run run = Run.of(
                    folder,
                    "python3",
                    "-c",
                    TERMINAL,
                    Distribution.shared().launcher().toString());
            for (Map.Entry<String, String> known : pool.cli().variables().entrySet()) {
                run = run.with(known.getKey(), known.getValue());
            }
            Run.Running running = run.with("DYNACOG_JAVA", System.getProperty("java.home"))
                    .with("DYNACOG_ARCHIVE", "off")
                    .with("HOME", folder.toString())
                    .with("AWS_REGION", "eu-west-1")
                    .with("AWS_ACCESS_KEY_ID", "somebody")
                    .with("AWS_SECRET_ACCESS_KEY", "secret")
                    .with("AWS_ENDPOINT_URL_STS", "http://localhost:1")
                    .with("PROD_CONNECTION_URL", database.url())
                    .args("--env", "prod", "update-cognito-user-ids", "--audit", audit.toString())
                    .start();
            Run.until(
                    "it asks, or is over",
                    () -> Run.text(running.out()).contains("Type ")
                            || !running.process().isAlive());
            assertThat(Run.text(running.out())).contains("Type the name of the ");
            running.process()
                    .children()
                    .forEach(asking -> Run.of(folder, "kill", "-" + signal, String.valueOf(asking.pid()))
                            .run());
            Run.Result result = running.await();
            assertThat(result.out()).contains("interrupted; 0 rows were changed");
            assertThat(result.exit()).isEqualTo(signal.equals("INT") ? 130 : 143);
        }
        assertThat(Files.readAllLines(audit)).last().asString().contains("\"event\":\"rolled_back\"");
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }

    @Test
    void betweenTwoBatchesItSaysHowManyRowsWereChanged() throws IOException, SQLException {
        Path audit = folder.resolve("audit");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")));
                Connection other = database.connect("other");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update users set email = 'x' where handle = 'user2'");
            Run.Running running = sync(pool, "--batch", "2", "--audit", audit.toString());
            Run.until("it waits for the row", () -> !database.rows(WAITING).isEmpty());
            assertThat(end(running, "TERM").err()).isEqualTo("error  interrupted; 2 rows were changed\n");
            other.rollback();
        }
        assertThat(Files.readAllLines(audit)).last().asString().contains("\"event\":\"rolled_back\"");
        assertThat(database.rows("select cognito_user_id from users order by handle"))
                .containsExactly(StubCognito.sub(0), StubCognito.sub(1), "MOCK", "MOCK");
    }

    @Test
    void atTheCommitItIsCancelledToo() throws IOException {
        database.execute("create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(600);"
                + " return new; end $$");
        database.execute("create constraint trigger slow after update on users deferrable initially deferred"
                + " for each row execute function slow()");
        Path audit = folder.resolve("audit");
        try (StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 4, "")))) {
            Run.Running running = sync(pool, "--statement-timeout", "600", "--audit", audit.toString());
            Run.until(
                    "it commits",
                    () -> !database.rows(
                                    "select 1 from pg_stat_activity where application_name = 'dynacog' and state = 'active'"
                                            + " and query ilike 'commit%' and datname = current_database()")
                            .isEmpty());
            assertThat(end(running, "TERM").err()).isEqualTo("error  interrupted; 0 rows were changed\n");
        }
        assertThat(Files.readAllLines(audit)).hasSize(5).last().asString().contains("\"event\":\"rolled_back\"");
        assertThat(database.rows("select distinct cognito_user_id from users")).containsExactly("MOCK");
    }
}
