package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.RawServer;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an endpoint answers, a line says what it did. */
class BadAnswersTest {
    private static final String TABLE = """
            {"Table":{"TableName":"t","TableStatus":"ACTIVE","ItemCount":9,"TableSizeBytes":9,
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}""";

    /** Calls of each client: DynamoDB, its streams, Cognito. */
    private static final List<List<String>> CALLS = List.of(
            List.of("list-tables"),
            List.of("scan", "t"),
            List.of("stream", "follow", "t", "--once"),
            List.of("cognito", "list-users"));

    private static Run run(RawServer server, List<String> call) {
        return Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", server.endpoint())
                .with("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", server.endpoint())
                .with("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", server.endpoint())
                .with("AWS_COGNITO_USER_POOL_ID", "eu-west-1_AbC123DeF")
                .run(call.toArray(String[]::new));
    }

    private static void isTold(Run run, int exit, String what) {
        assertThat(run.err())
                .startsWith("error  ")
                .contains("http://localhost:", what)
                .doesNotContain("unexpected", "Exception", "\tat ", "software.amazon");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(run.err().length()).isLessThan(2_500);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
    }

    private static String json(int length) {
        return "200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + length;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "200 OK\r\nContent-Type: text/html\r\nContent-Length: 13", "<html></html>", 1, "text/html"),
                Arguments.of(json(0), "", 1, "sent an empty response"),
                Arguments.of("204 No Content", "", 1, "HTTP status 204"),
                Arguments.of(
                        "301 Moved\r\nLocation: http://elsewhere/\r\nContent-Length: 0", "", 1, "http://elsewhere/"),
                Arguments.of("403 No\r\nContent-Type: text/html\r\nContent-Length: 6", "<html>", 1, "HTTP status 403"),
                Arguments.of(json(500), "{\"Table", 5, "closed the connection"),
                Arguments.of(json(2) + "\r\nx-amz-crc32: 1", "{}", 1, "CRC32"),
                Arguments.of(json(2) + "\r\nContent-Encoding: gzip", "{}", 1, "compressed (gzip)"),
                Arguments.of(json(13), "[1,2,3,4,5,6]", 1, "not from the service"),
                Arguments.of(json(2), "{}", 1, "without "),
                Arguments.of(json(4), "null", 1, ""));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNoAnswerIsSaidWithTheEndpointsName(String head, String body, int exit, String what) {
        for (List<String> call : CALLS) {
            try (RawServer server = RawServer.of(head, body)) {
                isTold(run(server, call), exit, what);
            }
        }
    }

    @Test
    void aBombEndsAtSoManyMegabytes() {
        for (List<String> call : CALLS) {
            try (RawServer server = new RawServer((request, out) -> {
                RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 6442450944\r\n\r\n{\"a\":\"");
                byte[] chunk = new byte[1 << 20];
                java.util.Arrays.fill(chunk, (byte) 'x');
                for (int i = 0; i < 6 << 10; i++) {
                    out.write(chunk);
                }
            })) {
                isTold(run(server, call), 1, "larger than 32 MiB");
            }
        }
    }

    @Test
    void aHugeHeadIsNoAnswer() {
        try (RawServer server = new RawServer((request, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                RawServer.write(out, "X-" + i + ": " + "x".repeat(1000) + "\r\n");
            }
        })) {
            Run run = run(server, List.of("list-tables"));
            assertThat(run.exit()).isIn(1, 5);
            assertThat(run.err()).startsWith("error  ").doesNotContain("unexpected");
        }
    }

    static Stream<Arguments> pages() {
        String big = "9".repeat(2_000_000);
        return Stream.of(
                Arguments.of("{\"Items\":[],\"ScannedCount\":1}", "without Count"),
                Arguments.of("{\"Items\":[],\"Count\":\"NaN\",\"ScannedCount\":1}", ""),
                Arguments.of("{\"Items\":[],\"Count\":" + big + ",\"ScannedCount\":1}", ""),
                Arguments.of("{\"Items\":[{\"id\":{\"N\":\"" + big + "\"}}],\"Count\":1,\"ScannedCount\":1}", "number"),
                Arguments.of("{\"Items\":[{\"id\":{\"N\":\"NaN\"}}],\"Count\":1,\"ScannedCount\":1}", "number"),
                Arguments.of("{\"Items\":[{\"id\":{\"N\":\"1E999999999\"}}],\"Count\":1,\"ScannedCount\":1}", "number"),
                Arguments.of("{\"Items\":[{\"id\":{\"L\":" + "[{\"L\":".repeat(20_000) + "1", ""),
                Arguments.of(
                        "{\"Items\":[],\"Count\":1,\"ScannedCount\":1,\"ConsumedCapacity\":{\"CapacityUnits\":\"NaN\"}}",
                        "consumed NaN"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageThatCantBeIsSaid(String page, String what) {
        try (StubAws stub = new StubAws(
                (operation, body, number) -> operation.equals("DescribeTable") ? Answer.ok(TABLE) : Answer.ok(page))) {
            Run run = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .run("scan", "t");
            assertThat(run.exit()).as(run.err()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error  ")
                    .contains(what)
                    .doesNotContain("unexpected", "Exception", "\tat ", "software.amazon");
            assertThat(run.err().length()).isLessThan(2_500);
        }
    }

    @Test
    void aDescriptionWithoutTableIsSaid() {
        for (List<String> call : List.of(List.of("describe", "t"), List.of("scan", "t"), List.of("schema-load"))) {
            try (RawServer server = RawServer.of(json(2), "{}")) {
                isTold(run(server, call), 1, "without Table");
            }
        }
    }

    @Test
    void aGzipBombIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[64 << 20]);
        }
        try (RawServer server = new RawServer((request, out) -> {
            RawServer.write(out, "HTTP/1.1 " + json(packed.size()) + "\r\nContent-Encoding: gzip\r\n\r\n");
            packed.writeTo(out);
        })) {
            isTold(run(server, List.of("list-tables")), 1, "compressed (gzip)");
        }
    }
}
