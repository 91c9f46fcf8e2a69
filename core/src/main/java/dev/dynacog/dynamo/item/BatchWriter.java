package dev.dynacog.dynamo.item;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes many items, in batches, as they come. What the service leaves unprocessed is asked again, after a pause that
 * grows, until it is done; when nothing moves any more, that is a failure which says how much is missing.
 */
public final class BatchWriter {
    private static final int BATCH = 25;
    private static final int AT_ONCE = 4;
    private static final String AGAIN = "run the command again to resume";
    private static final long FIRST_PAUSE = 50;

    /**
     * How long it is tried when nothing moves.
     *
     * @param attempts so many in a row may do nothing
     */
    public record Persistence(int attempts, Duration longestPause) {
        public static final Persistence USUAL = new Persistence(12, Duration.ofSeconds(5));
    }

    private final AwsClients clients;
    private final String table;
    private final Persistence persistence;

    public BatchWriter(AwsClients clients, String table) {
        this(clients, table, Persistence.USUAL);
    }

    public BatchWriter(AwsClients clients, String table, Persistence persistence) {
        this.clients = clients;
        this.table = table;
        this.persistence = persistence;
    }

    /**
     * Writes all of it, in no particular order. No two may have one key.
     *
     * @param writes puts and deletes without conditions, which a batch doesn't have
     * @param progress hears how many more are done, from one thread at a time
     */
    public Capacity write(Iterator<? extends Write> writes, LongConsumer progress) {
        return new Run(writes, progress).finish();
    }

    /** One call: several requests are under way at once, since each of them waits for the service most of its time. */
    private final class Run {
        private final Iterator<? extends Write> writes;
        private final LongConsumer progress;
        private final List<Thread> others = new ArrayList<>();
        private Capacity capacity = Capacity.NONE;
        private long done;
        private @Nullable Throwable failure;

        Run(Iterator<? extends Write> writes, LongConsumer progress) {
            this.writes = writes;
            this.progress = progress;
        }

        Capacity finish() {
            work();
            others.forEach(this::join);
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw explained((RuntimeException) failure);
            }
            return capacity;
        }

        private void work() {
            try {
                List<WriteRequest> pending = new ArrayList<>();
                int idle = 0;
                while (fill(pending)) {
                    int asked = pending.size();
                    BatchWriteItemResponse response = send(pending);
                    pending = new ArrayList<>(response.unprocessedItems().getOrDefault(table, List.of()));
                    int written = asked - pending.size();
                    count(written, response);
                    idle = written > 0 ? 0 : idle + 1;
                    if (idle >= persistence.attempts()) {
                        throw new Stuck();
                    }
                    if (!pending.isEmpty()) {
                        pause(idle);
                    }
                }
            } catch (Throwable e) {
                fail(e);
            }
        }

        /** Whether there is anything to send. What was left over has to go with it, so it is asked for first. */
        private synchronized boolean fill(List<WriteRequest> pending) {
            if (failure != null) {
                return false;
            }
            while (pending.size() < BATCH && writes.hasNext()) {
                pending.add(request(writes.next()));
            }
            return !pending.isEmpty();
        }

        /** The first answer tells that the table takes what it is given: the others begin then, if there is more. */
        private synchronized void count(int written, BatchWriteItemResponse response) {
            for (ConsumedCapacity consumed : response.consumedCapacity()) {
                capacity = capacity.plus(Capacity.writes(consumed));
            }
            done += written;
            progress.accept(written);
            if (others.isEmpty() && writes.hasNext()) {
                for (int i = 1; i < AT_ONCE; i++) {
                    Thread thread = new Thread(this::work, "batch-writer");
                    thread.setDaemon(true);
                    others.add(thread);
                    thread.start();
                }
            }
        }

        private synchronized void fail(Throwable e) {
            if (failure == null) {
                failure = e;
            }
        }

        /** Whoever is interrupted waits no longer, and the thread stops at its next batch. */
        private void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(interrupted(e));
            }
        }

        private RuntimeException explained(RuntimeException e) {
            if (e instanceof Stuck) {
                return new DynacogException.Incomplete(
                        done + " items were written, then DynamoDB accepted no more for table " + table + " in "
                                + persistence.attempts() + " attempts",
                        "the table's write capacity may be used up; " + AGAIN,
                        null);
            }
            if (done == 0 || !(e instanceof SdkException)) {
                return e;
            }
            String why = FailureTranslator.translate(e)
                    .<Throwable>map(known -> known)
                    .orElse(e)
                    .getMessage();
            return new DynacogException.Incomplete(done + " items were written, then: " + why, AGAIN, e);
        }

        private void pause(int idle) {
            long longest = Math.min(persistence.longestPause().toMillis(), FIRST_PAUSE << Math.min(idle, 10));
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            }
        }

        private static DynacogException interrupted(InterruptedException e) {
            return new DynacogException.Incomplete("interrupted while items were written", AGAIN, e);
        }
    }

    /** Nothing moves any more. */
    private static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private BatchWriteItemResponse send(List<WriteRequest> pending) {
        try {
            return clients.dynamodb()
                    .batchWriteItem(request -> request.requestItems(Map.of(table, pending))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        } catch (ResourceNotFoundException e) {
            throw Items.noTable(table);
        }
    }

    private static WriteRequest request(Write write) {
        if (write instanceof Write.Put put && put.condition().isEmpty()) {
            return WriteRequest.builder()
                    .putRequest(it -> it.item(put.item().attributes()))
                    .build();
        }
        if (write instanceof Write.Delete delete && delete.condition().isEmpty()) {
            return WriteRequest.builder()
                    .deleteRequest(it -> it.key(delete.key().attributes()))
                    .build();
        }
        throw new IllegalArgumentException("a batch has puts and deletes without conditions, and no " + write);
    }
}
