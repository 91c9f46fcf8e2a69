package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of SQL that somebody has had enough of. */
@ExtendWith(LocalServers.Extension.class)
class InterruptedDbIT {
    private static final String SLEEPING =
            "select 1 from pg_stat_activity where application_name = 'dynacog' and state = 'active'"
                    + " and query like '%pg_sleep(600)%' and pid <> pg_backend_pid() and datname = current_database()";

    private final TestDatabase database;

    @TempDir
    Path folder;

    InterruptedDbIT(LocalServers servers) {
        this.database = TestDatabase.empty(servers);
    }

    private Run dynacog(String... arguments) throws IOException {
        return Run.of(folder, Distribution.shared().launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .with("CONNECTION_URL", database.url())
                .args(arguments);
    }

    private String sleepyScript() throws IOException {
        return Files.writeString(folder.resolve("sleepy.sql"), "create table t (a int);\nselect pg_sleep(600);\n")
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aScriptThatIsInterruptedLeavesNothingAndTheServerStopsAtOnce(String signal) throws IOException {
        Run.Running running = dynacog("db", "seed", sleepyScript()).start();
        Run.until("the statement runs", () -> !database.rows(SLEEPING).isEmpty());
        Run.of(folder, "kill", "-" + signal, String.valueOf(running.process().pid()))
                .run();
        assertThat(running.await().exit()).isEqualTo(signal.equals("INT") ? 130 : 143);
        Run.until("the server has stopped it", () -> database.rows(SLEEPING).isEmpty());
        assertThat(database.rows("select to_regclass('t')")).containsExactly("null");
    }

    @Test
    void aMigrationThatIsInterruptedLeavesNoLockBehind() throws IOException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Path first = Files.writeString(migrations.resolve("1_a.sql"), "-- up\nselect pg_sleep(600);\n-- down\n");
        Run migrate = dynacog("db", "migrate", "--dir", migrations.toString());
        Run.Running running = migrate.start();
        Run.until("the migration runs", () -> !database.rows(SLEEPING).isEmpty());
        Run.of(folder, "kill", "-INT", String.valueOf(running.process().pid())).run();
        running.await();
        Files.writeString(first, "-- up\nselect 1;\n-- down\n");
        Run.Result again = migrate.run();
        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEqualTo("{\"number\":1,\"name\":\"a\",\"action\":\"run\"}\n");
    }
}
