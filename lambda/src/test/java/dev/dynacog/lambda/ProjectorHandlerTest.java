package dev.dynacog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectorHandlerTest {
    private static final String MORNING = "2026-11-20T09:00:00.000000+00:00";
    private static final String NOON = "2026-11-20T12:00:00.000000+00:00";

    private final AppTable table = new AppTable();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        table.close();
    }

    private StreamsEventResponse invoke(String endpoint, String... partitions) {
        List<String> event = new ArrayList<>(List.of(AppTable.NAME));
        event.addAll(List.of(partitions));
        return new ProjectorHandler(Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB", endpoint))
                .handleRequest(Invocation.event(event), new Invocation.Silent(log::add));
    }

    /** Defect 19. */
    @Test
    void everyRecordOfABatchIsProjected() {
        for (String group : List.of("one", "two", "three")) {
            table.row("andrew-" + group, MORNING, group, "bayko-" + group);
            table.row("bayko-" + group, MORNING, group, "andrew-" + group);
            table.message(group, NOON, "bayko-" + group, "new in " + group);
        }
        StreamsEventResponse response =
                invoke(table.endpoint().toString(), "MSG#one", "MSG#two", "GRP#someone", "MSG#three", "MSG#one");
        assertThat(response.getBatchItemFailures()).isEmpty();
        for (String group : List.of("one", "two", "three")) {
            assertThat(table.rows("andrew-" + group)).containsExactly(NOON + " new in " + group);
            assertThat(table.rows("bayko-" + group)).containsExactly(NOON + " new in " + group);
        }
        assertThat(log)
                .containsExactly("messages-of-the-app: 5 changes, 4 messages, 3 groups moved, 0 unchanged,"
                        + " 0 without rows, 0 failed");
    }

    /** Defect 19. */
    @Test
    void seeingARecordTwiceOrLateChangesNothing() {
        table.row("andrew", NOON, "g", "bayko");
        table.message("g", MORNING, "bayko", "late");
        table.message("g", NOON, "bayko", "old");
        invoke(table.endpoint().toString(), "MSG#g");
        invoke(table.endpoint().toString(), "MSG#g", "MSG#g");
        assertThat(table.rows("andrew")).containsExactly(NOON + " old");
    }

    @Test
    void whatFailsIsReportedByItsFirstRecordAndTheRestIsDone() throws IOException {
        table.row("andrew", MORNING, "good", "bayko");
        table.message("good", NOON, "bayko", "arrives");
        HttpServer broken = refusingGroup("bad", "SomethingElse", table);
        try {
            StreamsEventResponse response = invoke(
                    "http://localhost:" + broken.getAddress().getPort(), "GRP#x", "MSG#bad", "MSG#good", "MSG#bad");
            assertThat(response.getBatchItemFailures())
                    .singleElement()
                    .satisfies(
                            failure -> assertThat(failure.getItemIdentifier()).isEqualTo("2"));
        } finally {
            broken.stop(0);
        }
        assertThat(table.rows("andrew")).containsExactly(NOON + " arrives");
        assertThat(log).anyMatch(line -> line.startsWith("group bad failed: "));
    }

    /** Reported, it would come again and hold up its shard until the stream forgets it. */
    @Test
    void whatCanNeverSucceedIsNamedInTheLogAndNotReported() throws IOException {
        table.row("andrew", MORNING, "good", "bayko");
        table.message("good", NOON, "bayko", "arrives");
        HttpServer broken = refusingGroup("bad", "ValidationException", table);
        try {
            StreamsEventResponse response =
                    invoke("http://localhost:" + broken.getAddress().getPort(), "MSG#", "MSG#bad", "MSG#good");
            assertThat(response.getBatchItemFailures()).isEmpty();
        } finally {
            broken.stop(0);
        }
        assertThat(table.rows("andrew")).containsExactly(NOON + " arrives");
        assertThat(log)
                .anyMatch(line -> line.startsWith("group bad failed for good: "))
                .anyMatch(line -> line.endsWith("1 failed, 1 with a key that names no group"));
    }

    @Test
    void aTableThatRefusesEveryGroupIsReportedFromItsFirstRecord() throws IOException {
        table.row("andrew", MORNING, "good", "bayko");
        table.message("good", NOON, "bayko", "arrives");
        HttpServer broken = refusingGroup("", "ValidationException", table);
        try {
            StreamsEventResponse response =
                    invoke("http://localhost:" + broken.getAddress().getPort(), "MSG#", "MSG#bad", "MSG#good");
            assertThat(response.getBatchItemFailures())
                    .extracting(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
                    .containsExactly("2", "3");
        } finally {
            broken.stop(0);
        }
    }

    @Test
    void aMalformedRecordKeepsNobodyWaiting() {
        table.row("andrew", MORNING, "good", "bayko");
        table.message("good", NOON, "bayko", "arrives");
        DynamodbEvent event = Invocation.event(List.of(AppTable.NAME, "MSG#good"));
        DynamodbStreamRecord empty = new DynamodbStreamRecord();
        DynamodbStreamRecord keyless = new DynamodbStreamRecord();
        keyless.setEventSourceARN(event.getRecords().get(0).getEventSourceARN());
        keyless.setDynamodb(new StreamRecord().withSequenceNumber("7"));
        event.setRecords(List.of(empty, keyless, event.getRecords().get(0)));
        StreamsEventResponse response = new ProjectorHandler(Map.of(
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        table.endpoint().toString()))
                .handleRequest(event, new Invocation.Silent(log::add));
        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(table.rows("andrew")).containsExactly(NOON + " arrives");
        assertThat(log).contains("1 records are none of a table's stream");
    }

    /** Passes everything on, but for what concerns one group; without a group, nothing. */
    private static HttpServer refusingGroup(String group, String error, AppTable table) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            int status = 400;
            byte[] answer = ("{\"__type\":\"x#" + error + "\",\"message\":\"no\"}").getBytes(StandardCharsets.UTF_8);
            boolean refused =
                    group.isEmpty() || new String(request, StandardCharsets.UTF_8).contains("\"" + group + "\"");
            if (!refused) {
                var connection =
                        (java.net.HttpURLConnection) table.endpoint().toURL().openConnection();
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
                    connection.setRequestProperty(
                            header, exchange.getRequestHeaders().getFirst(header));
                }
                connection.getOutputStream().write(request);
                status = connection.getResponseCode();
                answer = (status < 400 ? connection.getInputStream() : connection.getErrorStream()).readAllBytes();
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}
