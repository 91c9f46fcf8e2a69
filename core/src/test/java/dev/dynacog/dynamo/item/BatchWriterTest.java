package dev.dynacog.dynamo.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.item.BatchWriter.Persistence;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LocalTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A server that leaves things undone, as DynamoDB does when its capacity is used up. */
@Timeout(60)
class BatchWriterTest {
    private static final Pattern PUT = Pattern.compile("\"pk\":\\{\"S\":\"(item-\\d+)\"}");

    /** In the body of the first request alone. */
    private static final String FIRST = "\"item-0\"";

    private final List<String> stored = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AwsClients clients;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();

    /** With which error a request is answered. */
    private Function<String, Optional<String>> refusal = any -> Optional.empty();

    /** How many of the items of the n-th request are taken. */
    private IntFunction<Integer> taken = any -> 25;

    private final AtomicInteger begun = new AtomicInteger();
    private Runnable beforeAnswer = () -> {};
    private Consumer<String> held = body -> {};

    BatchWriterTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] answer;
            beforeAnswer.run();
            Optional<String> refused;
            try (var in = exchange.getRequestBody()) {
                String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                held.accept(body);
                bodies.add(body);
                times.add(System.nanoTime());
                refused = refusal.apply(body);
                answer = refused.map(type -> ("{\"__type\":\"" + type + "\",\"message\":\"refused\"}")
                                .getBytes(StandardCharsets.UTF_8))
                        .orElseGet(() -> answer(body));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(refused.isPresent() ? 400 : 200, answer.length);
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
        return ("{\"UnprocessedItems\":" + unprocessed
                        + ",\"ConsumedCapacity\":[{\"TableName\":\"t\",\"CapacityUnits\":" + take + "}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Iterator<Write.Put> puts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Write.Put(Item.ofTexts(Map.of("pk", "item-" + i)), Condition.NONE))
                .iterator();
    }

    private long write(int count, Persistence persistence) {
        AtomicLong progress = new AtomicLong();
        new BatchWriter(clients, "t", persistence).write(puts(count), progress::addAndGet);
        return progress.get();
    }

    /** Writes from a thread that is no daemon, as main is, and gives what came of it. */
    private CompletableFuture<Capacity> writing(Iterator<? extends Write> writes) {
        CompletableFuture<Capacity> result = new CompletableFuture<>();
        writer = new Thread(() -> {
            try {
                result.complete(new BatchWriter(clients, "t").write(writes, done -> {}));
            } catch (Throwable e) {
                result.completeExceptionally(new AssertionError(
                        "interrupted: " + Thread.currentThread().isInterrupted(), e));
            }
        });
        writer.setDaemon(false);
        writer.start();
        return result;
    }

    private Thread writer = new Thread();

    /** Tells of each item that is taken, in the thread that takes it. */
    private static Iterator<Write.Put> watched(int count, Runnable taken) {
        Iterator<Write.Put> puts = puts(count);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return puts.hasNext();
            }

            @Override
            public Write.Put next() {
                taken.run();
                return puts.next();
            }
        };
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

    @Test
    void whatItTookIsAddedUp() {
        assertThat(new BatchWriter(clients, "t").write(puts(100), done -> {})).isEqualTo(Capacity.write(100));
    }

    @Test
    void whatIsDeletedIsDeleted() {
        new BatchWriter(clients, "t")
                .write(
                        List.of(new Write.Delete(Item.ofTexts(Map.of("pk", "gone")), Condition.NONE))
                                .iterator(),
                        done -> {});
        assertThat(bodies)
                .singleElement()
                .asString()
                .contains("{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"gone\"}}}}");
    }

    /** A batch has none, so that it would be written all the same. */
    @Test
    void whatHasAConditionIsRefused() {
        Item item = Item.ofTexts(Map.of("pk", "a"));
        Condition condition = Condition.absent("pk");
        for (Write write : List.of(
                new Write.Put(item, condition),
                new Write.Delete(item, condition),
                new Write.Update(item, Map.of("a", "b"), Condition.NONE))) {
            assertThatThrownBy(() ->
                            new BatchWriter(clients, "t").write(List.of(write).iterator(), done -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(bodies).isEmpty();
    }

    @Test
    void whenNothingMovesItIsTriedSoOftenAndNoMore() {
        taken = any -> 0;
        assertThatThrownBy(() -> write(25, new Persistence(3, Duration.ofMillis(1))))
                .isInstanceOf(DynacogException.Incomplete.class)
                .hasMessage("incomplete: 0 items were written, then DynamoDB accepted no more for table t in 3"
                        + " attempts");
        assertThat(sizes).containsExactly(25, 25, 25);
    }

    /** Half a pause at least is waited for. */
    @Test
    void thePauseGrowsWhileNothingMovesAndIsShortAgainAfterwards() {
        taken = request -> request < 2 ? 0 : request == 2 ? 5 : 20;
        assertThat(write(25, Persistence.USUAL)).isEqualTo(25);
        assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(times.get(2) - times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(times.get(3) - times.get(2))).isGreaterThanOrEqualTo(Duration.ofMillis(25));
    }

    @Test
    void aTableThatIsMissingIsNotFound() {
        refusal = any -> Optional.of("ResourceNotFoundException");
        assertThatThrownBy(() -> write(100, Persistence.USUAL))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage("there is no table t");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void whatFailsInTheMiddleSaysHowMuchIsDone() {
        refusal = body -> body.contains(FIRST) ? Optional.empty() : Optional.of("AccessDeniedException");
        assertThatThrownBy(() -> write(1000, Persistence.USUAL))
                .isInstanceOf(DynacogException.Incomplete.class)
                .hasMessage(
                        "incomplete: 25 items were written, then: DynamoDB refused: AccessDeniedException: refused");
        assertThat(stored).hasSize(25);
    }

    @Test
    void whatFailsAtOnceIsTheFailureItself() {
        refusal = any -> Optional.of("AccessDeniedException");
        assertThatThrownBy(() -> write(1000, Persistence.USUAL)).isInstanceOf(DynamoDbException.class);
    }

    @Test
    void whatTheSourceFailsWithIsNotTheTables() {
        RuntimeException broken = new IllegalStateException("broken");
        AtomicInteger number = new AtomicInteger();
        Iterator<Write.Put> source = watched(1000, () -> {
            if (number.incrementAndGet() > 50) {
                throw broken;
            }
        });
        assertThatThrownBy(() -> new BatchWriter(clients, "t").write(source, done -> {}))
                .isSameAs(broken);
        Error worse = new StackOverflowError();
        assertThatThrownBy(() -> new BatchWriter(clients, "t")
                        .write(
                                watched(1, () -> {
                                    throw worse;
                                }),
                                done -> {}))
                .isSameAs(worse);
    }

    @Test
    void fourAreUnderWayAndNoneKeepsTheProcessFromItsEnd() {
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean daemons = new AtomicBoolean(true);
        writing(watched(200, () -> {
                    List<Thread> others = Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("batch-writer"))
                            .toList();
                    most.accumulateAndGet(others.size(), Math::max);
                    daemons.compareAndSet(true, others.stream().allMatch(Thread::isDaemon));
                }))
                .join();
        assertThat(most).hasValue(3);
        assertThat(daemons).isTrue();
        assertThat(new TreeSet<>(stored)).hasSize(200);
    }

    @Test
    void whoeverInterruptsAPauseIsNotTakenForDone() {
        taken = any -> 0;
        CompletableFuture<Capacity> result = writing(puts(25));
        await(Thread.State.TIMED_WAITING);
        writer.interrupt();
        assertInterrupted(result);
    }

    /** The writer has nothing left to do, and waits for another, whose answer doesn't come. */
    @Test
    void whoeverInterruptsTheWaitForTheOthersIsNotTakenForDone() {
        holdTheOthers();
        try {
            CompletableFuture<Capacity> result = writing(owned(75));
            await(Thread.State.WAITING);
            writer.interrupt();
            assertInterrupted(result);
        } finally {
            end.countDown();
        }
    }

    @Test
    void whenOneFailsTheOthersSendNothingMore() {
        holdTheOthers();
        refusal =
                body -> body.contains(FIRST) || !isOwn(body) ? Optional.empty() : Optional.of("AccessDeniedException");
        CompletableFuture<Capacity> result = writing(owned(1000));
        await(Thread.State.WAITING);
        end.countDown();
        assertThatThrownBy(result::join)
                .cause()
                .cause()
                .isInstanceOf(DynacogException.Incomplete.class)
                .message()
                .doesNotContain(" 25 items");
        assertThat(bodies)
                .hasSizeBetween(3, 5)
                .allSatisfy(body -> assertThat(body).contains("PutRequest"));
    }

    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Items, of which it is known which of them the writer itself took. */
    private Iterator<Write.Put> owned(int count) {
        AtomicInteger number = new AtomicInteger();
        return watched(count, () -> {
            int item = number.getAndIncrement();
            if (Thread.currentThread() == writer) {
                own.add("\"item-" + item + "\"");
            }
        });
    }

    private boolean isOwn(String body) {
        return own.stream().anyMatch(body::contains);
    }

    /** The requests of the writer itself are answered, from the second on after another's came. */
    private void holdTheOthers() {
        CountDownLatch another = new CountDownLatch(1);
        held = body -> {
            if (!isOwn(body)) {
                another.countDown();
                await(end);
            } else if (!body.contains(FIRST)) {
                await(another);
            }
        };
    }

    private void await(Thread.State state) {
        while (writer.getState() != state) {
            assertThat(writer.isAlive()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Thread.onSpinWait();
        }
    }

    private static void assertInterrupted(CompletableFuture<Capacity> result) {
        assertThatThrownBy(result::join)
                .cause()
                .hasMessage("interrupted: true")
                .cause()
                .isInstanceOf(DynacogException.Incomplete.class)
                .hasMessage("incomplete: interrupted while items were written");
    }
}
