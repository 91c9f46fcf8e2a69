package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own psql, which reads what it is to do from a file. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(60)
class DbConnectInputTest {
    private final TestDatabase database;

    @TempDir
    Path folder = Path.of("");

    DbConnectInputTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void requirePsql() {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(entry -> Path.of(entry, "psql"))
                        .filter(Files::isExecutable))
                .describedAs("psql on the PATH")
                .isNotEmpty();
        database.execute("create table notes (text text)");
    }

    private int run(String input, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Path sql = Files.writeString(folder.resolve("input"), input);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "dev.dynacog.cli.Dynacog"),
                                Stream.of(arguments))
                        .toList())
                .redirectInput(sql.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()));
        builder.environment().putAll(variables);
        return builder.start().waitFor();
    }

    /** It went on, and the exit code was 0. */
    @Test
    void anInsertThatIsRefusedBecauseTheSessionIsReadOnlyFails() throws IOException, InterruptedException {
        Map<String, String> prod = Map.of(
                "PROD_CONNECTION_URL",
                database.url(),
                "AWS_ENDPOINT_URL_STS",
                "https://127.0.0.1:1",
                "AWS_REGION",
                "eu-west-1");
        assertThat(run("insert into notes values ('x');\nselect 1;\n", prod, "--env", "prod", "db", "connect"))
                .isEqualTo(3);
        assertThat(folder.resolve("out")).content().contains("cannot execute INSERT in a read-only transaction");
        assertThat(run("select 1;\n", prod, "--env", "prod", "db", "connect")).isZero();
        assertThat(database.rows("select 1 from notes")).isEmpty();
    }

    @Test
    void nothingBehindAnErrorIsRunUnlessThatIsAskedFor() throws IOException, InterruptedException {
        Map<String, String> local = Map.of("CONNECTION_URL", database.url());
        String input = "insert into nowhere values (1);\ninsert into notes values ('x');\n";
        assertThat(run(input, local, "db", "connect")).isEqualTo(3);
        assertThat(database.rows("select 1 from notes")).isEmpty();
        assertThat(run(input, local, "db", "connect", "--", "-v", "ON_ERROR_STOP=0"))
                .isZero();
        assertThat(database.rows("select 1 from notes")).hasSize(1);
    }
}
