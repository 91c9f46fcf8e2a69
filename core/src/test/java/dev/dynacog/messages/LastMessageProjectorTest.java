package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.messages.LastMessageProjector.Change;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Hope;
import dev.dynacog.messages.LastMessageProjector.Projected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table that nobody has a group of, and that refuses what it is told to. */
@Timeout(60)
class LastMessageProjectorTest {
    private static final String ANY = "";

    private final HttpServer server;
    private final AwsClients clients;
    private final LastMessageProjector projector;
    private final Map<String, String> refusals = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    LastMessageProjectorTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            String refusal = refusals.entrySet().stream()
                    .filter(refused -> body.contains(refused.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            byte[] answer = (refusal.isEmpty()
                            ? "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}"
                            : "{\"__type\":\"x#" + refusal + "\",\"message\":\"a fault of the test\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(refusal.isEmpty() ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        clients = new AwsClients(
                LocalTable.environment("http://127.0.0.1:" + server.getAddress().getPort()));
        projector = new LastMessageProjector(new GroupRows(new Items(clients, "t")));
    }

    @AfterEach
    void close() {
        clients.close();
        server.stop(0);
    }

    private Projected project(String... partitions) {
        List<Change> changes = new ArrayList<>();
        for (String partition : partitions) {
            changes.add(new Change(partition, String.valueOf(changes.size() + 1)));
        }
        return projector.project(changes);
    }

    private static List<String> told(Projected projected) {
        return projected.failures().stream()
                .map(failure -> failure.group() + " " + failure.sequenceNumber() + " " + failure.hope())
                .toList();
    }

    private long asked(String group) {
        return asked.stream().filter(body -> body.contains("\"" + group + "\"")).count();
    }

    @Test
    void eachGroupIsLookedAtOnceHoweverManyChangesItHas() {
        Projected projected = project("MSG#one", "GRP#me", "MSG#two", "MSG#one", "MSG#", "PAIR#a#b");
        assertThat(projected).isEqualTo(new Projected(4, 1, 0, 0, 2, List.of()));
        assertThat(projected.groups()).isEqualTo(2);
        assertThat(asked("one")).isOne();
    }

    @Test
    void whatIsLookedAtWithoutTheStreamHasNoMessages() {
        refusals.put("\"bad\"", "SomethingElse");
        Projected projected = projector.look(List.of("one", "bad"));
        assertThat(projected.messages()).isZero();
        assertThat(projected.nameless()).isZero();
        assertThat(projected.groups()).isEqualTo(2);
        assertThat(told(projected)).containsExactly("bad  LATER");
    }

    @Test
    void aFailureThatMayPassKeepsNoOtherGroupWaiting() {
        refusals.put("\"bad\"", "SomethingElse");
        Projected projected = project("MSG#bad", "MSG#good", "MSG#bad");
        assertThat(projected.withoutRows()).isOne();
        assertThat(told(projected)).containsExactly("bad 1 LATER");
        assertThat(projected.failures(Hope.LATER)).hasSize(1);
        assertThat(projected.failures(Hope.NONE)).isEmpty();
        assertThat(projected.failures().get(0).reason()).isEqualTo("SomethingElse: a fault of the test");
    }

    /** Another group is asked for once, to know that it is not the table. */
    @Test
    void whatIsRefusedForGoodIsHopelessWhereAnotherGroupIsAnswered() {
        refusals.put("\"bad\"", "ValidationException");
        refusals.put("\"worse\"", "ValidationException");
        assertThat(told(project("MSG#bad", "MSG#worse", "MSG#good"))).containsExactly("bad 1 NONE", "worse 2 NONE");
        assertThat(asked("00000000-0000-0000-0000-000000000000")).isOne();
    }

    @Test
    void aTableThatRefusesEveryGroupIsAskedNoMore() {
        refusals.put(ANY, "ValidationException");
        assertThat(told(project("MSG#a", "MSG#b"))).containsExactly("a 1 ELSEWHERE", "b 2 ELSEWHERE");
        assertThat(asked("b")).isZero();
    }

    @Test
    void whatConcernsEveryGroupEndsTheLook() {
        for (String refusal : List.of("AccessDeniedException", "ResourceNotFoundException")) {
            refusals.put("\"bad\"", refusal);
            asked.clear();
            assertThat(told(project("MSG#good", "MSG#bad", "MSG#b")))
                    .containsExactly("bad 2 ELSEWHERE", "b 3 ELSEWHERE");
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void aServerThatIsGoneConcernsEveryGroup() {
        server.stop(0);
        assertThat(told(project("MSG#a"))).containsExactly("a 1 ELSEWHERE");
    }

    @Test
    void whatBecameOfEachGroupIsCounted() {
        try (LocalTable table = new LocalTable()) {
            for (String group : List.of("moved", "unchanged", "silent", "of no time")) {
                table.putRow(
                        LocalTable.ANDREW,
                        "2026-11-20T10:00:00.00000" + group.length() + "+00:00",
                        group,
                        LocalTable.BAYKO,
                        "a");
            }
            table.putMessage("moved", "2026-11-21T10:00:00.000000+00:00", LocalTable.BAYKO, "b");
            table.putMessage("unchanged", "2026-11-20T10:00:00.000009+00:00", LocalTable.BAYKO, "a");
            table.putMessage("of no time", "some day", LocalTable.BAYKO, "a");
            Projected projected = new LastMessageProjector(new GroupRows(table.items()))
                    .look(List.of("moved", "unchanged", "silent", "of no time", "of nobody"));
            assertThat(projected).isEqualTo(new Projected(0, 0, 1, 3, 1, List.of()));
            assertThat(projected.groups()).isEqualTo(5);
        }
    }

    @Test
    void theReasonIsOneLine() {
        assertThat(new Failure("g", "1", new IllegalStateException("one\ntwo"), Hope.LATER).reason())
                .isEqualTo("java.lang.IllegalStateException: one");
    }
}
