package dev.dynacog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
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
        HttpServer broken = refusingGroup("bad", table);
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

    /** Passes everything on, but for what concerns one group. */
    private static HttpServer refusingGroup(String group, AppTable table) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            int status = 400;
            byte[] answer =
                    "{\"__type\":\"x#ValidationException\",\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            if (!new String(request, StandardCharsets.UTF_8).contains("\"" + group + "\"")) {
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
