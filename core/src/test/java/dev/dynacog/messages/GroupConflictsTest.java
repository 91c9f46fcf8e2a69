package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.GroupRows.Refreshed;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Others write between a read and the write that follows from it, and the index is late: a proxy sees to that. */
@Timeout(60)
class GroupConflictsTest {
    private static final String BUSY = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"message\":\"a fault of the test\",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"}]}";
    private static final String THROUGH = "";

    private final LocalTable table = new LocalTable();
    private final HttpServer proxy;
    private final AwsClients clients;
    private final Items items;

    /** What happens before each transaction, and what is answered in its place. */
    private final Queue<Supplier<String>> meddling = new ArrayDeque<>();

    private final AtomicInteger transactions = new AtomicInteger();
    private String index = THROUGH;

    GroupConflictsTest() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::handle);
        proxy.start();
        clients = new AwsClients(
                LocalTable.environment("http://localhost:" + proxy.getAddress().getPort()));
        items = new Items(clients, table.items().table());
    }

    @AfterEach
    void close() {
        clients.close();
        proxy.stop(0);
        table.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        String instead = instead(
                exchange.getRequestHeaders().getFirst("X-Amz-Target"), new String(request, StandardCharsets.UTF_8));
        int status = instead.startsWith("{\"__type") ? 400 : 200;
        byte[] answer = instead.getBytes(StandardCharsets.UTF_8);
        if (instead.isEmpty()) {
            HttpURLConnection connection = CrashingProxy.forward(exchange, request, table.endpoint());
            status = connection.getResponseCode();
            answer = CrashingProxy.body(connection);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String instead(String target, String body) {
        if (target.endsWith(".TransactWriteItems")) {
            transactions.incrementAndGet();
            Supplier<String> meddler = meddling.poll();
            return meddler == null ? THROUGH : meddler.get();
        }
        return body.contains("\"IndexName\"") ? index : THROUGH;
    }

    private void meanwhile(Runnable work) {
        meddling.add(() -> {
            work.run();
            return THROUGH;
        });
    }

    private static String at(int second) {
        return "2026-11-20T10:00:0" + second + ".000000+00:00";
    }

    private void row(Person owner, int second, String group, Person other) {
        table.putRow(owner, at(second), group, other, "text");
    }

    private void delete(Person owner, int second) {
        table.delete(Map.of("pk", "GRP#" + owner.uuid(), "sk", at(second)));
    }

    private Map<String, List<GroupRow>> rows(Set<String> known) {
        return new Groups(items).rowsOf("g", known);
    }

    private String keyOf(Person owner) {
        return String.valueOf(table.rowsOf(owner).getOrDefault("g", Map.of()).get("sk"));
    }

    @Test
    void whoTheIndexDoesntKnowYetIsFoundByWhoIsKnown() {
        row(ANDREW, 1, "g", BAYKO);
        row(ANDREW, 2, "g", BAYKO);
        row(ANDREW, 3, "g", new Person("", "nobody", ""));
        row(BAYKO, 1, "g", LONDO);
        row(LONDO, 1, "g", ANDREW);
        row(LONDO, 2, "another", ANDREW);
        index = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
        Map<String, List<GroupRow>> rows = rows(Set.of(ANDREW.uuid()));
        assertThat(rows).containsOnlyKeys(ANDREW.uuid(), BAYKO.uuid(), LONDO.uuid());
        assertThat(rows.get(ANDREW.uuid())).hasSize(3);
        assertThat(rows.get(LONDO.uuid())).extracting(GroupRow::key).containsExactly(at(1));
    }

    @Test
    void whatTheIndexRemembersIsLookedUpWhereItIsNow() {
        row(ANDREW, 2, "g", BAYKO);
        row(ANDREW, 3, "another", BAYKO);
        for (int remembered : new int[] {1, 3}) {
            index = "{\"Items\":[{\"pk\":{\"S\":\"GRP#" + ANDREW.uuid() + "\"},\"sk\":{\"S\":\"" + at(remembered)
                    + "\"},\"message_group_uuid\":{\"S\":\"g\"}}],\"Count\":1,\"ScannedCount\":1}";
            assertThat(rows(Set.of()).get(ANDREW.uuid()))
                    .extracting(GroupRow::key)
                    .containsExactly(at(2));
        }
    }

    @Test
    void aRowThatMovedMeanwhileIsMovedFromWhereItIsToTheMessagesOwnTime() {
        row(ANDREW, 1, "g", BAYKO);
        table.putMessage("g", at(5), BAYKO, "newest");
        meanwhile(() -> {
            delete(ANDREW, 1);
            row(ANDREW, 2, "g", BAYKO);
        });
        assertThat(new GroupRows(items).refresh("g")).isEqualTo(Refreshed.MOVED);
        assertThat(keyOf(ANDREW)).isEqualTo(at(5));
        assertThat(transactions).hasValue(2);
    }

    @Test
    void aPlaceThatWasTakenMeanwhileIsLeftForTheNextMicrosecond() {
        row(ANDREW, 1, "g", BAYKO);
        table.putMessage("g", at(5), BAYKO, "newest");
        meanwhile(() -> row(ANDREW, 5, "another", LONDO));
        meanwhile(() -> table.putRow(ANDREW, "2026-11-20T10:00:05.000001+00:00", "third", LONDO, "text"));
        assertThat(new GroupRows(items).refresh("g")).isEqualTo(Refreshed.MOVED);
        assertThat(keyOf(ANDREW)).isEqualTo("2026-11-20T10:00:05.000002+00:00");
    }

    @Test
    void aNewerMessageMeanwhileBeginsAtItsOwnTime() {
        row(ANDREW, 1, "g", BAYKO);
        table.putMessage("g", at(5), BAYKO, "new");
        meanwhile(() -> {
            row(ANDREW, 5, "another", LONDO);
            table.putMessage("g", at(6), BAYKO, "newest");
        });
        assertThat(new GroupRows(items).refresh("g")).isEqualTo(Refreshed.MOVED);
        assertThat(keyOf(ANDREW)).isEqualTo(at(6));
    }

    @Test
    void aTransactionThatMeetsAnotherIsTriedAgain() {
        row(ANDREW, 1, "g", BAYKO);
        table.putMessage("g", at(5), BAYKO, "newest");
        meddling.add(() -> BUSY);
        assertThat(new GroupRows(items).refresh("g")).isEqualTo(Refreshed.MOVED);
        meddling.add(() -> BUSY);
        assertThat(new GroupRows(items).make("new", BAYKO, LONDO, "hello", Instant.EPOCH))
                .isTrue();
        assertThat(transactions).hasValue(4);
    }

    /** An hour passes between any two looks at the clock. */
    @Test
    void whatOthersAlwaysGetInTheWayOfEnds() {
        AtomicLong now = new AtomicLong();
        GroupRows impatient = new GroupRows(
                items,
                what -> new Patience(
                        what, () -> now.getAndAdd(Duration.ofHours(1).toNanos())));
        row(ANDREW, 1, "g", BAYKO);
        table.putMessage("g", at(5), BAYKO, "newest");
        meddling.add(() -> BUSY);
        assertThatThrownBy(() -> impatient.refresh("g"))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessageStartingWith("moving group g was tried 2 times");
        meanwhile(() -> row(ANDREW, 5, "another", LONDO));
        assertThatThrownBy(() -> impatient.refresh("g"))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessageStartingWith("moving group g was tried 2 times");
        meddling.add(() -> BUSY);
        assertThatThrownBy(() -> impatient.make("new", BAYKO, LONDO, "hello", Instant.EPOCH))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessageStartingWith("making group new was tried 2 times");
        row(BAYKO, 1, "another", LONDO);
        assertThatThrownBy(() -> impatient.make("new", BAYKO, LONDO, "hello", Instant.parse("2026-11-20T10:00:01Z")))
                .isInstanceOf(DynacogException.Failed.class);
    }
}
