package dev.dynacog.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.BatchWriter.Persistence;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LocalTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that leaves things undone, as DynamoDB does when its capacity is used up. */
class BatchWriterTest {
    private static final Pattern PUT = Pattern.compile("\"pk\":\\{\"S\":\"(item-\\d+)\"}");

    private final List<String> stored = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AwsClients clients;

    /** How many of the items of the n-th request are taken. */
    private IntFunction<Integer> taken = any -> 25;

    private final AtomicInteger begun = new AtomicInteger();
    private Runnable beforeAnswer = () -> {};

    BatchWriterTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] answer;
            beforeAnswer.run();
            try (var in = exchange.getRequestBody()) {
                answer = answer(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        clients = new AwsClients(
                LocalTable.environment("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        clients.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized byte[] answer(String body) {
        List<String> asked = new ArrayList<>();
        Matcher put = PUT.matcher(body);
        while (put.find()) {
            asked.add(put.group(1));
        }
        int take = Math.min(taken.apply(sizes.size()), asked.size());
        sizes.add(asked.size());
        stored.addAll(asked.subList(0, take));
        List<String> left = asked.subList(take, asked.size()).stream()
                .map(item -> "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"" + item + "\"}}}}")
                .toList();
        String unprocessed = left.isEmpty() ? "{}" : "{\"t\":[" + String.join(",", left) + "]}";
        return ("{\"UnprocessedItems\":" + unprocessed + "}").getBytes(StandardCharsets.UTF_8);
    }

    private long write(int count, Persistence persistence) {
        AtomicLong progress = new AtomicLong();
        new BatchWriter(clients, "t", persistence)
                .write(
                        IntStream.range(0, count)
                                .mapToObj(i -> new Write.Put(Item.ofTexts(Map.of("pk", "item-" + i)), Condition.NONE))
                                .iterator(),
                        progress::addAndGet);
        return progress.get();
    }

    @Test
    void unprocessedItemsAreAskedForAgainUntilNoneIsLost() {
        taken = request -> request % 3 == 2 ? 0 : 7;
        assertThat(write(100, Persistence.USUAL)).isEqualTo(100);
        assertThat(stored).hasSize(100);
        assertThat(new TreeSet<>(stored)).hasSize(100);
        assertThat(sizes).allMatch(size -> size <= 25);
    }

    @Test
    void whatCantBeWrittenIsReportedAndNotPassedOver() {
        taken = request -> request == 0 ? 20 : 0;
        assertThatThrownBy(() -> write(100, new Persistence(3, Duration.ofMillis(5))))
                .isInstanceOf(DynacogException.Incomplete.class)
                .hasMessageContaining("20 items were written");
        assertThat(stored).hasSize(20);
    }

    @Test
    void aFewItemsAreOneRequest() {
        assertThat(write(25, Persistence.USUAL)).isEqualTo(25);
        assertThat(sizes).containsExactly(25);
    }

    /** The first request stays unanswered until a second comes, which only happens when one doesn't wait for the other. */
    @Test
    void severalRequestsAreUnderWayAtOnce() {
        CountDownLatch two = new CountDownLatch(2);
        beforeAnswer = () -> {
            if (begun.incrementAndGet() > 1) {
                two.countDown();
                await(two);
            }
        };
        assertThat(write(200, Persistence.USUAL)).isEqualTo(200);
        assertThat(new TreeSet<>(stored)).hasSize(200);
        assertThat(two.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
