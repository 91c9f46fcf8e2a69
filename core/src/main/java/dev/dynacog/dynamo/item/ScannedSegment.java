package dev.dynacog.dynamo.item;

import dev.dynacog.aws.LoopDetector;
import dev.dynacog.error.DynacogException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** One part of a table, read to its end by a thread of its own that tells what happens. */
final class ScannedSegment implements Runnable {
    /** What a thread has to tell. */
    sealed interface Event {}

    /** A page was read. */
    record Read(ItemScan.Page page, boolean last) implements Event {}

    /** There is more, and the budget is used up. */
    record OutOfBudget() implements Event {}

    record Failed(Throwable failure) implements Event {}

    private final int number;
    private final ScannedTable table;
    private final ReadAllowance allowance;
    private final BooleanSupplier stopped;
    private final BlockingQueue<Event> events;
    private final LoopDetector loops;

    ScannedSegment(
            int number,
            ScannedTable table,
            ReadAllowance allowance,
            BooleanSupplier stopped,
            BlockingQueue<Event> events,
            LoopDetector loops) {
        this.number = number;
        this.table = table;
        this.allowance = allowance;
        this.stopped = stopped;
        this.events = events;
        this.loops = loops;
    }

    @Override
    public void run() {
        try {
            read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Errors too: whoever takes the pages would wait for ever.
            report(e);
        }
    }

    private void read() throws InterruptedException {
        Map<String, AttributeValue> start = Map.of();
        do {
            Optional<ReadAllowance.Page> allowed = allowance.take();
            if (allowed.isEmpty()) {
                events.put(new OutOfBudget());
                return;
            }
            ScanResponse response = table.page(number, start, allowed.get().items());
            Capacity capacity = Capacity.reads(response.consumedCapacity());
            if (allowance.isBounded() && isCapacityUnknown(response)) {
                throw new DynacogException.Failed(
                        "the endpoint does not report consumed capacity, so --max-rcu and --rate cannot be enforced",
                        "remove them");
            }
            allowance.settle(allowed.get(), response.scannedCount(), capacity.readUnits());
            start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
            if (!start.isEmpty()) {
                loops.check(start);
            }
            events.put(new Read(table.read(response, capacity), start.isEmpty()));
        } while (!start.isEmpty() && !stopped.getAsBoolean());
    }

    private static boolean isCapacityUnknown(ScanResponse response) {
        return response.consumedCapacity() == null
                || response.consumedCapacity().capacityUnits() == null;
    }

    private void report(Throwable failure) {
        try {
            events.put(new Failed(failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
