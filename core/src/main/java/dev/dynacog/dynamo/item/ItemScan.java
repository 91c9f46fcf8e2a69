package dev.dynacog.dynamo.item;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.aws.LoopDetector;
import dev.dynacog.error.DynacogException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole table, page by page as it is asked for. Segments are read by threads that wait when nobody takes what
 * they read, so memory holds a few pages however large the table is.
 */
public final class ItemScan implements AutoCloseable {
    /** What came back for one request. With a count alone there are no items. */
    public record Page(List<Map<String, @Nullable Object>> items, long count, long scanned, Capacity capacity) {
        private Page cut(long wanted) {
            return new Page(items.subList(0, (int) Math.min(wanted, items.size())), wanted, scanned, capacity);
        }
    }

    /** Why a scan ended. */
    public enum End {
        /** All there is was read. */
        WHOLE,
        /** The limit was reached, and there may be more. */
        LIMIT,
        /** The budget was used up, and there is more. */
        BUDGET
    }

    private static final int PAGES_AHEAD_PER_SEGMENT = 2;
    private static final int MOST_PAGES_AHEAD = 16;

    private final ScannedTable table;
    private final BlockingQueue<ScannedSegment.Event> events;
    private final ExecutorService threads;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int segmentsLeft;
    private long itemsLeft;
    private boolean delivered;
    private boolean cutByBudget;
    private End end = End.WHOLE;
    private boolean over;

    /** Asks for the table first, so that a wrong name is told before anything is read. */
    public ItemScan(AwsClients clients, ScanRequest request) {
        this.table = new ScannedTable(clients.dynamodb(), request);
        this.segmentsLeft = request.segments();
        this.itemsLeft = request.limit().orElse(Long.MAX_VALUE);
        this.events =
                new ArrayBlockingQueue<>(Math.min(PAGES_AHEAD_PER_SEGMENT * request.segments(), MOST_PAGES_AHEAD));
        this.threads = Executors.newFixedThreadPool(request.segments(), task -> {
            Thread thread = new Thread(task, "scan");
            thread.setDaemon(true);
            return thread;
        });
        ReadAllowance allowance = new ReadAllowance(request, table.cost());
        for (int segment = 0; segment < request.segments(); segment++) {
            LoopDetector loops = new LoopDetector("table " + request.table());
            threads.execute(new ScannedSegment(segment, table, allowance, stopped::get, events, loops));
        }
    }

    /** How many items the table has, by the service's own count of some hours ago. */
    public OptionalLong estimatedItems() {
        return table.estimatedItems();
    }

    /** The next page, or nothing at the end. A failure after the first page is told as work that is incomplete. */
    public Optional<Page> next() {
        while (!over) {
            ScannedSegment.Event event = take();
            if (event instanceof ScannedSegment.Read read) {
                return Optional.of(deliver(read));
            }
            if (event instanceof ScannedSegment.Failed failed) {
                over = true;
                throw told(failed.failure());
            }
            cutByBudget = true;
            segmentEnded();
        }
        return Optional.empty();
    }

    private Page deliver(ScannedSegment.Read read) {
        delivered = true;
        if (read.last()) {
            segmentEnded();
        }
        Page page = read.page();
        boolean more = segmentsLeft > 0 || cutByBudget || page.count() > itemsLeft;
        page = page.count() > itemsLeft ? page.cut(itemsLeft) : page;
        itemsLeft -= page.count();
        if (itemsLeft == 0 && more) {
            finish(End.LIMIT);
        }
        return page;
    }

    private void segmentEnded() {
        segmentsLeft--;
        if (segmentsLeft == 0) {
            finish(cutByBudget ? End.BUDGET : End.WHOLE);
        }
    }

    private void finish(End how) {
        end = how;
        over = true;
        stopped.set(true);
    }

    private ScannedSegment.Event take() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("the scan was interrupted", "", e);
        }
    }

    private RuntimeException told(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (!delivered || failure instanceof DynacogException.Incomplete) {
            return (RuntimeException) failure;
        }
        String why = FailureTranslator.translate(failure)
                .<Throwable>map(known -> known)
                .orElse(failure)
                .getMessage();
        return new DynacogException.Incomplete("some items were not read: " + why, "run it again", failure);
    }

    /** Why it ended; asked for when there is no next page. */
    public End end() {
        return end;
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }
}
