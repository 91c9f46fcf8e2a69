package dev.dynacog.dynamo;

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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes many items, in batches, as they come. What the service leaves unprocessed is asked again, after a pause that
 * grows, until it is done; when nothing moves any more, that is a failure which says how much is missing.
 */
public final class BatchWriter {
    private static final int BATCH = 25;
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
     * Writes all of it. No two may have one key.
     *
     * @param writes puts and deletes without conditions, which a batch doesn't have
     * @param progress hears how many more are done
     */
    public Capacity write(Iterator<? extends Write> writes, LongConsumer progress) {
        List<WriteRequest> pending = new ArrayList<>();
        Capacity capacity = Capacity.NONE;
        long done = 0;
        int idle = 0;
        while (writes.hasNext() || !pending.isEmpty()) {
            while (pending.size() < BATCH && writes.hasNext()) {
                pending.add(request(writes.next()));
            }
            int asked = pending.size();
            BatchWriteItemResponse response = send(pending, done);
            pending = new ArrayList<>(response.unprocessedItems().getOrDefault(table, List.of()));
            double units = response.consumedCapacity().stream()
                    .mapToDouble(consumed -> consumed.capacityUnits() == null ? 0 : consumed.capacityUnits())
                    .sum();
            capacity = capacity.plus(Capacity.write(units));
            int written = asked - pending.size();
            done += written;
            progress.accept(written);
            idle = written > 0 ? 0 : idle + 1;
            if (idle >= persistence.attempts()) {
                throw new DynacogException.Incomplete(
                        done + " items were written, and then DynamoDB took no more of table " + table + " in "
                                + persistence.attempts() + " attempts",
                        "the table's write capacity may be used up; run the command again, it goes on where it was",
                        null);
            }
            if (!pending.isEmpty()) {
                pause(idle, done);
            }
        }
        return capacity;
    }

    private BatchWriteItemResponse send(List<WriteRequest> pending, long done) {
        try {
            return clients.dynamodb()
                    .batchWriteItem(request -> request.requestItems(Map.of(table, pending))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        } catch (ResourceNotFoundException e) {
            throw Items.noTable(table);
        } catch (SdkException e) {
            if (done == 0) {
                throw e;
            }
            String why = FailureTranslator.translate(e)
                    .<Throwable>map(known -> known)
                    .orElse(e)
                    .getMessage();
            throw new DynacogException.Incomplete(
                    done + " items were written, then: " + why, "run the command again, it goes on where it was", e);
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

    private void pause(int idle, long done) {
        long longest = Math.min(persistence.longestPause().toMillis(), FIRST_PAUSE << Math.min(idle, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete(
                    "interrupted after " + done + " items", "run the command again, it goes on where it was", e);
        }
    }
}
