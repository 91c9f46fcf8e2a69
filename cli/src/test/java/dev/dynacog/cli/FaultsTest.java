package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.cli.testing.StubAws.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a user is told, and what a script learns, when a server misbehaves. */
class FaultsTest {
    private static final String TABLE = """
            {"Table":{"TableName":"t","TableStatus":"ACTIVE","ItemCount":9,"TableSizeBytes":9,
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}""";

    private static Run run(Script script, String... args) {
        try (StubAws stub = new StubAws(script)) {
            return Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .run(args);
        }
    }

    private static Run scan(Script pages) {
        return run(
                (operation, body, number) ->
                        operation.equals("DescribeTable") ? Answer.ok(TABLE) : pages.answer(operation, body, number),
                "scan",
                "t");
    }

    private static Answer page(String id, boolean more) {
        return Answer.ok("{\"Items\":[{\"id\":{\"S\":\"" + id + "\"}}],\"Count\":1,\"ScannedCount\":1"
                + (more ? ",\"LastEvaluatedKey\":{\"id\":{\"S\":\"" + id + "\"}}" : "") + "}");
    }

    @Test
    void nothingAnsweringIsToldWithinFiveSecondsAndWhatToDo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Instant start = Instant.now();
        Run run = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:" + port)
                .run("list-tables");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("error  cannot connect to DynamoDB at http://localhost:" + port
                        + " (environment local)\nhint   start the local stack: dynacog local up\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aNameThatDoesntResolveIsUnreachable() {
        Run run = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", "http://nowhere.invalid:8000")
                .run("list-tables");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .contains("unknown host: http://nowhere.invalid:8000")
                .doesNotContain("local stack");
    }

    @Test
    void aServerThatIsNoAwsServiceIsToldAsSuch() {
        Run run = run((o, b, n) -> new Answer(403, "<html>", 6), "list-tables");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("HTTP status 403").contains("dynacog config show");
    }

    @Test
    void debugShowsTheStackTraceAndNothingElseDoes() throws IOException {
        assertThat(run((o, b, n) -> Answer.error(400, "x#ValidationException", "no"), "list-tables")
                        .err())
                .isEqualTo("error  ValidationException: no\n");
        assertThat(run((o, b, n) -> Answer.error(400, "x#ValidationException", "no"), "list-tables", "--debug")
                        .err())
                .contains("\n    at dev.dynacog");
    }

    @Test
    void debugShowsWhyADatabaseThatIsDeadDoesNotAnswer() {
        Cli cli = Cli.inPipe().with("CONNECTION_URL", "postgresql://u:s3cret@127.0.0.1:1/app");
        Run run = cli.run("db", "sessions", "--debug");
        assertThat(run.err())
                .startsWith("error  ")
                .contains("127.0.0.1:1")
                .contains("Caused by: java.net.ConnectException: Connection refused")
                .doesNotContain("s3cret");
        assertThat(run.exit()).isEqualTo(5);
    }

    /** A server that doesn't speak TLS never will: it isn't asked again. */
    @Test
    void anHttpsAddressOfAPlainServerIsToldAtOnce() throws IOException {
        AtomicLong connections = new AtomicLong();
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(
                    () -> {
                        while (!plain.isClosed()) {
                            try (Socket connection = plain.accept()) {
                                connections.incrementAndGet();
                                connection.getInputStream().read(new byte[5]);
                                connection
                                        .getOutputStream()
                                        .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                                                .getBytes(StandardCharsets.US_ASCII));
                                connection.shutdownOutput();
                                connection.getInputStream().readAllBytes();
                            } catch (IOException over) {
                                // The client has gone, or the test is over.
                            }
                        }
                    },
                    "plain");
            server.setDaemon(true);
            server.start();
            Run run = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", "https://127.0.0.1:" + plain.getLocalPort())
                    .run("list-tables");
            assertThat(run.err())
                    .startsWith("error  no secure connection to https://127.0.0.1:")
                    .contains("hint   check that the endpoint uses HTTPS and that Java trusts the certificate");
            assertThat(run.exit()).isEqualTo(5);
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void debugObeysNothingThatAnAnswerSays() {
        Run run = run(
                (o, b, n) -> Answer.error(400, "x#ValidationException", "no\\u001b[31m\\u200b"),
                "list-tables",
                "--debug");
        assertThat(run.err()).contains("    at dev.dynacog").doesNotContain("\u001b", "\u200b", "\t");
    }

    @Test
    void aQueryThatCantBeReadIsRefusedBeforeAnythingIsWritten() {
        try (StubAws stub = new StubAws((operation, body, number) -> Answer.error(500, "x#Internal", "asked"))) {
            Cli cli = Cli.inPipe().with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint());
            Run run = cli.run("schema-load", "--query", "[");
            assertThat(run.err()).startsWith("error  --query '[' is not JMESPath");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(cli.run("schema-load", "--csv-safe").exit()).isEqualTo(2);
            assertThat(stub.operations()).isEmpty();
            assertThat(cli.run("schema-load", "--query", "[", "--help").exit()).isZero();
        }
    }

    @Test
    void onlyStandardOutputThatCantBeWrittenIsToldAsThat() {
        assertThat(told(new UncheckedIOException(new NoSuchFileException("seeds/a.yaml"))))
                .isEqualTo("error  reading or writing failed: there is no seeds/a.yaml\nhint   run again with"
                        + " --debug for details\n");
        assertThat(told(new UncheckedIOException(new IOException("No space left on device"))))
                .startsWith("error  reading or writing failed: No space left on device\n");
        Terminal full = new Terminal(
                InputStream.nullInputStream(),
                new OutputStream() {
                    @Override
                    public void write(int unit) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                OutputStream.nullOutputStream(),
                Terminal.Ttys.NONE,
                OptionalInt.empty());
        Console console = new Console(full, ColorMode.NEVER, Map.of());
        console.print(Text.of("a line"));
        assertThat(told(catchThrowable(() -> console.out().flush())))
                .isEqualTo("error  cannot write to standard output: No space left on device\n");
    }

    private static String told(Throwable failure) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err,
                Terminal.Ttys.NONE,
                OptionalInt.empty());
        int exit = FailureHandler.handle(
                failure, new Console(terminal, ColorMode.NEVER, Map.of()), UnaryOperator.identity(), false);
        assertThat(exit).isEqualTo(1);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNoteTakesTheDrawnProgressAwayFirst() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err,
                Terminal.Ttys.ALL,
                OptionalInt.of(80));
        Console console = new Console(terminal, ColorMode.NEVER, Map.of());
        AtomicLong now = new AtomicLong();
        try (Progress progress = console.progress("reading", OptionalLong.empty(), now::get)) {
            now.set(Duration.ofSeconds(2).toNanos());
            progress.advance(10);
            console.note("slow");
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\rreading  10  5/s\u001b[K\r\u001b[Kslow\n");
    }

    @Test
    void aLogIsToldEveryTenSecondsHowFarTheWorkIs() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err,
                Terminal.Ttys.NONE,
                OptionalInt.empty());
        Console console = new Console(terminal, ColorMode.NEVER, Map.of());
        AtomicLong now = new AtomicLong();
        try (Progress progress = console.progress("messages written", OptionalLong.of(4000), now::get)) {
            for (int second = 1; second <= 25; second++) {
                now.set(Duration.ofSeconds(second).toNanos());
                progress.advance(120);
            }
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("messages written: 1,200 of 4,000\nmessages written: 2,400 of 4,000\n");
    }

    @Test
    void throttlingIsWaitedOut() {
        Run run = scan((operation, body, number) -> number < 3
                ? Answer.error(400, "x#ProvisionedThroughputExceededException", "slow down")
                : page("a", false));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("{\"id\":\"a\"}\n");
    }

    @Test
    void aPassingServerErrorIsRetried() {
        Run run = scan((operation, body, number) ->
                number == 0 ? Answer.error(500, "x#InternalServerError", "oops") : page("a", false));
        assertThat(run.exit()).isZero();
    }

    @Test
    void emptyPagesDontEndAScan() {
        Run run = scan((operation, body, number) -> number < 2
                ? Answer.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":5,\"LastEvaluatedKey\":{\"id\":{\"S\":\""
                        + number + "\"}}}")
                : page("a", false));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("{\"id\":\"a\"}\n");
    }

    @Test
    void aRepeatedPageTokenEndsAScanInsteadOfGoingOnForEver() {
        Run run = scan((operation, body, number) -> page("again", true));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("incomplete").contains("repeated a page token");
        Run circle = scan((operation, body, number) -> page("again" + number % 3, true));
        assertThat(circle.exit()).isEqualTo(1);
    }

    @Test
    void aLongerKeyOnALaterPageIsNotCutWhileTheLineHasRoom() {
        try (StubAws stub = new StubAws((operation, body, number) -> operation.equals("DescribeTable")
                ? Answer.ok(TABLE)
                : number == 0 ? page("a", true) : page("a-much-longer-key-" + number, number < 3))) {
            Cli cli = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .with("NO_COLOR", "1");
            Run wide = cli.atTerminal(40, "").run("scan", "t");
            assertThat(wide.outLines())
                    .containsExactly("id", "a", "a-much-longer-key-1", "a-much-longer-key-2", "a-much-longer-key-3");
            Run narrow = cli.atTerminal(10, "").run("scan", "t");
            assertThat(narrow.outLines()).allMatch(line -> line.length() <= 10);
        }
    }

    @Test
    void whatLaterPagesAddIsShownOrSaidToBeLeftOut() {
        try (StubAws stub = new StubAws(
                (operation, body, number) -> operation.equals("DescribeTable")
                        ? Answer.ok(TABLE)
                        : number == 0
                                ? page("a", true)
                                : Answer.ok(
                                        "{\"Items\":[{\"id\":{\"S\":\"b\"},\"new\":{\"S\":\"x\"}}],\"Count\":1,\"ScannedCount\":1}"))) {
            Cli cli = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .with("NO_COLOR", "1");
            assertThat(cli.atTerminal(40, "").run("scan", "t").outLines())
                    .containsExactly("id", "a", "b   {\"new\":\"x\"}");
            assertThat(cli.atTerminal(4, "").run("scan", "t").err())
                    .contains("hidd")
                    .contains("hidd\nen:");
        }
    }

    /** Defect 12. */
    @Test
    void aFailingPageIsNeverSwallowed() {
        Run run = scan((operation, body, number) ->
                number == 0 ? page("a", true) : Answer.error(400, "x#ValidationException", "no"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("incomplete").contains("ValidationException");
        assertThat(run.out()).isEqualTo("{\"id\":\"a\"}\n");
    }

    @Test
    void aConnectionThatIsAlwaysCutIsIncompleteAfterTheFirstPage() {
        Run run = scan((operation, body, number) -> number == 0 ? page("a", true) : Answer.cutOff("{\"Items\":["));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("incomplete");
    }

    @Test
    void wrongCredentialsAreAnAccessProblemWithAHint() {
        Run run = run(
                (o, b, n) -> Answer.error(400, "x#UnrecognizedClientException", "The security token is invalid."),
                "list-tables");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("UnrecognizedClientException").contains("hint");
    }

    @Test
    void noCredentialsAndNoRegionAreAccessProblems() {
        Cli prod = Cli.inPipe().with("AWS_EC2_METADATA_DISABLED", "true");
        Run noRegion = prod.run("--env", "prod", "list-tables");
        assertThat(noRegion.exit()).isEqualTo(4);
        assertThat(noRegion.err()).contains("no AWS region").contains("--region");
    }

    /** Defect 18. */
    @Test
    void aTableIsNotUsedBeforeItIsActive() {
        try (StubAws stub = new StubAws((operation, body, number) -> {
            if (operation.equals("CreateTable")) {
                return Answer.ok(
                        "{\"TableDescription\":{\"TableName\":\"cruddur-messages\",\"TableStatus\":\"CREATING\"}}");
            }
            if (number == 0) {
                return Answer.error(400, "x#ResourceNotFoundException", "none");
            }
            String status = number < 4 ? "CREATING" : "ACTIVE";
            String index = number < 6 ? "CREATING" : "ACTIVE";
            return Answer.ok(TABLE.replace(
                    "\"TableStatus\":\"ACTIVE\"",
                    "\"TableStatus\":\"" + status
                            + "\",\"GlobalSecondaryIndexes\":[{\"IndexName\":\"i\",\"IndexStatus\":\"" + index
                            + "\",\"KeySchema\":[],\"Projection\":{\"ProjectionType\":\"ALL\"}}]"));
        })) {
            Run run = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .run("schema-load");
            assertThat(run.exit()).isZero();
            assertThat(Collections.frequency(stub.operations(), "DescribeTable"))
                    .isEqualTo(7);
        }
    }
}
