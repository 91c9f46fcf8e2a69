package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.error.DynacogException;
import dev.dynacog.seed.PeopleFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is handed in, the answer is a line and perhaps a hint, and never a stack trace. */
class BadInputTest {
    private static final int DEEP = 20_000;

    private static void isTold(Run run, int exit, String what) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).startsWith("error  ").contains(what).doesNotContain("\tat ", "unexpected", "Exception");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(run.err().length()).isLessThan(3_000);
    }

    static Stream<String> deepQueries() {
        return Stream.of(
                "(".repeat(DEEP) + "a" + ")".repeat(DEEP),
                "[".repeat(DEEP) + "a" + "]".repeat(DEEP),
                "{a:".repeat(DEEP) + "a" + "}".repeat(DEEP),
                "a" + ".a".repeat(DEEP),
                "a" + "|a".repeat(DEEP),
                "!".repeat(DEEP) + "a");
    }

    @ParameterizedTest
    @MethodSource("deepQueries")
    void aQueryThatIsNestedDeeplyIsAUsageError(String query) {
        isTold(Cli.inPipe().run("config", "show", "--query", query), 2, "--query");
    }

    @Test
    void noMoreSegmentsThanConnectionsAreOpened() {
        isTold(Cli.inPipe().run("scan", "t", "--segments", "2000000"), 2, "--segments may be 32 at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aSchemaThatIsNestedDeeplyIsAUsageError(String level, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("deep.json"), level.repeat(DEEP));
        isTold(Cli.inPipe().run("schema-load", file.toString()), 2, "is nested more than 64 levels deep");
    }

    /** Each waited for the pipe's other end, for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "db seed FIFO",
                "db schema-load FIFO",
                "seed FIFO",
                "seed --users FIFO",
                "schema-load FIFO",
                "update-cognito-user-ids --ca FIFO"
            })
    @Timeout(60)
    void aPipeIsNoFile(String command, @TempDir Path folder) throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo.sql");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        try (StubAws stub = new StubAws((operation, body, number) ->
                Answer.ok("{\"Table\":{\"TableName\":\"t\",\"TableStatus\":\"ACTIVE\",\"KeySchema\":[]}}"))) {
            isTold(
                    Cli.inPipe()
                            .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                            .with("CONNECTION_URL", "postgresql://u:p@127.0.0.1:1/d")
                            .run(command.replace("FIFO", fifo.toString()).split(" ")),
                    2,
                    fifo + " is not a plain file");
        }
    }

    @Test
    void aDeviceIsNoFile(@TempDir Path folder) throws IOException {
        Path sql = Files.createSymbolicLink(folder.resolve("z.sql"), Path.of("/dev/zero"));
        isTold(
                Cli.inPipe()
                        .with("CONNECTION_URL", "postgresql://u:p@127.0.0.1:1/d")
                        .run("db", "seed", sql.toString()),
                2,
                sql + " is not a plain file");
    }

    @Test
    void sqlThatIsTooLongIsAUsageError(@TempDir Path folder) throws IOException {
        Path sql = folder.resolve("long.sql");
        try (RandomAccessFile file = new RandomAccessFile(sql.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        isTold(
                Cli.inPipe()
                        .with("CONNECTION_URL", "postgresql://u:p@127.0.0.1:1/d")
                        .run("db", "seed", sql.toString()),
                2,
                sql + " is larger than 32 MiB");
    }

    @Test
    void aSchemaThatIsTooLongIsAUsageError(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("long.json"), "[" + "0,".repeat(3 << 20) + "0]");
        isTold(Cli.inPipe().run("schema-load", file.toString()), 2, "is longer than 4096 KiB");
    }

    @Test
    void aValueThatIsNestedDeeplyIsAUsageError() {
        String value = "{\"L\":[".repeat(DEEP);
        try (StubAws stub = new StubAws((operation, body, number) -> Answer.ok("{}"))) {
            Run run = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .run("scan", "t", "--filter", "a = :a", "--value", ":a=" + value);
            isTold(run, 2, "nested more than 72 levels deep");
            assertThat(stub.operations()).isEmpty();
        }
    }

    @Test
    void aPeopleFileThatIsNestedDeeplyIsAUsageError(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("people.json"), "[{\"a\":" + "[".repeat(DEEP));
        assertThatThrownBy(() -> PeopleFile.read(file))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageContaining("is nested more than 64 levels deep");
    }

    @Test
    void aVeryLongArgumentIsNotRepeatedAtLength() {
        isTold(Cli.inPipe().run("x".repeat(100_000)), 2, "xxx");
    }

    static Stream<Error> errors() {
        return Stream.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"), new AssertionError("no"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsTheEndOfARunAndNotOfItsManners(Error error) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int unit) {
                throw error;
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Dynacog.run(
                new Terminal(InputStream.nullInputStream(), failing, err, Terminal.Ttys.NONE, OptionalInt.empty()),
                Map.of("HOME", "/nonexistent"),
                "config",
                "show");
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error  ")
                .doesNotContain("\tat ")
                .satisfies(told -> assertThat(told.lines()).hasSize(2));
    }
}
