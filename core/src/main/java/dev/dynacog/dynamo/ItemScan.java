package dev.dynacog.dynamo;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.aws.LoopDetector;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Reads a whole table, page by page as it is asked for. Segments are read by threads that wait when nobody takes what
 * they read, so memory holds a few pages however large the table is.
 */
public final class ItemScan implements AutoCloseable {
    /** What came back for one request. With a count alone there are no items. */
    public record Page(List<Map<String, @Nullable Object>> items, long count, long scanned, Capacity capacity) {}

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

    private sealed interface Event {}

    private record PageRead(Page page, Segment segment) implements Event {}

    /** How it goes on with a segment after a page. */
    private enum Segment {
        MORE,
        DONE,
        STOPPED_BY_BUDGET
    }

    private record SegmentFailed(Throwable failure) implements Event {}

    private final DynamoDbClient client;
    private final ScanRequest request;
    private final Map<String, AttributeValue> values;
    private final List<String> keyNames;
    private final OptionalLong estimatedItems;
    private final BlockingQueue<Event> events;
    private final ExecutorService threads;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final DoubleAdder spent = new DoubleAdder();
    private int segmentsLeft;
    private long itemsLeft;
    private boolean delivered;
    private boolean cutByBudget;
    private End end = End.WHOLE;
    private boolean over;

    /** Asks for the table first, so that a wrong name is told before anything is read. */
    public ItemScan(AwsClients clients, ScanRequest request) {
        this.client = clients.dynamodb();
        this.request = request;
        this.values = new HashMap<>();
        request.selection().values().forEach((name, text) -> values.put(name, ItemJson.parse(text, "value " + name)));
        TableDescription table = describe();
        this.keyNames = keyNames(table);
        this.estimatedItems = request.index().isEmpty() && table.itemCount() != null && table.itemCount() > 0
                ? OptionalLong.of(table.itemCount())
                : OptionalLong.empty();
        this.segmentsLeft = request.segments();
        this.itemsLeft = request.limit().orElse(Long.MAX_VALUE);
        this.events = new ArrayBlockingQueue<>(PAGES_AHEAD_PER_SEGMENT * request.segments());
        this.threads = Executors.newFixedThreadPool(request.segments(), task -> {
            Thread thread = new Thread(task, "scan");
            thread.setDaemon(true);
            return thread;
        });
        for (int segment = 0; segment < request.segments(); segment++) {
            int number = segment;
            threads.execute(() -> read(number));
        }
    }

    private TableDescription describe() {
        try {
            return client.describeTable(describe -> describe.tableName(request.table()))
                    .table();
        } catch (ResourceNotFoundException e) {
            throw new DynacogException.NotFound(
                    "there is no table " + request.table(), "dynacog list-tables shows those there are");
        }
    }

    /** The attributes to show first: the table's keys, or the index's and then the table's. */
    private List<String> keyNames(TableDescription table) {
        List<KeySchemaElement> keys = new ArrayList<>();
        request.index().ifPresent(name -> keys.addAll(indexKeys(table, name)));
        keys.addAll(table.keySchema());
        return keys.stream().map(KeySchemaElement::attributeName).distinct().toList();
    }

    private static List<KeySchemaElement> indexKeys(TableDescription table, String name) {
        for (var index : table.globalSecondaryIndexes()) {
            if (index.indexName().equals(name)) {
                return index.keySchema();
            }
        }
        for (var index : table.localSecondaryIndexes()) {
            if (index.indexName().equals(name)) {
                return index.keySchema();
            }
        }
        throw new DynacogException.NotFound(
                "table " + table.tableName() + " has no index " + name,
                "dynacog describe " + table.tableName() + " shows those it has");
    }

    /** How many items the table has, by the service's own count of some hours ago. */
    public OptionalLong estimatedItems() {
        return estimatedItems;
    }

    private void read(int segment) {
        try {
            LoopDetector loops = new LoopDetector("table " + request.table());
            Map<String, AttributeValue> start = Map.of();
            Segment state;
            do {
                ScanResponse response = scan(segment, start);
                start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
                if (!start.isEmpty()) {
                    loops.check(start);
                }
                Capacity capacity = response.consumedCapacity() == null
                        ? Capacity.NONE
                        : Capacity.read(response.consumedCapacity().capacityUnits());
                spent.add(capacity.readUnits());
                state = start.isEmpty() ? Segment.DONE : isBudgetSpent() ? Segment.STOPPED_BY_BUDGET : Segment.MORE;
                events.put(new PageRead(page(response, capacity), state));
                if (state == Segment.MORE) {
                    pause(capacity);
                }
            } while (state == Segment.MORE && !stopped.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Errors too: whoever takes the pages would wait for ever.
            report(e);
        }
    }

    private void report(Throwable failure) {
        try {
            events.put(new SegmentFailed(failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ScanResponse scan(int segment, Map<String, AttributeValue> start) {
        ScanRequest.Selection selection = request.selection();
        return client.scan(scan -> {
            scan.tableName(request.table()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
            request.index().ifPresent(scan::indexName);
            selection.filter().ifPresent(scan::filterExpression);
            selection.projection().ifPresent(scan::projectionExpression);
            if (!values.isEmpty()) {
                scan.expressionAttributeValues(values);
            }
            if (!selection.names().isEmpty()) {
                scan.expressionAttributeNames(selection.names());
            }
            if (selection.countOnly()) {
                scan.select(Select.COUNT);
            }
            if (request.segments() > 1) {
                scan.segment(segment).totalSegments(request.segments());
            }
            if (!start.isEmpty()) {
                scan.exclusiveStartKey(start);
            }
            // With a filter the service counts what it reads, not what it gives: a small page would cost a request
            // each.
            if (request.limit().isPresent() && selection.filter().isEmpty()) {
                scan.limit((int) Math.min(request.limit().getAsLong() + 1, 1_000_000));
            }
        });
    }

    private Page page(ScanResponse response, Capacity capacity) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (!request.selection().countOnly()) {
            for (Map<String, AttributeValue> item : response.items()) {
                items.add(ItemJson.toMap(item, request.selection().form(), keyNames));
            }
        }
        return new Page(items, response.count(), response.scannedCount(), capacity);
    }

    /** Keeps below the rate: each segment has its share of it. */
    private void pause(Capacity capacity) throws InterruptedException {
        if (request.rate().isPresent()) {
            double share = request.rate().getAsDouble() / request.segments();
            Thread.sleep((long) (1000 * capacity.readUnits() / share));
        }
    }

    private boolean isBudgetSpent() {
        return request.budget().isPresent() && spent.sum() >= request.budget().getAsDouble();
    }

    /** The next page, or nothing at the end. A failure after the first page is told as work that is incomplete. */
    public Optional<Page> next() {
        if (over) {
            return Optional.empty();
        }
        Event event = take();
        if (event instanceof PageRead read) {
            return Optional.of(deliver(read));
        }
        over = true;
        Throwable failure = ((SegmentFailed) event).failure();
        if (failure instanceof Error error) {
            throw error;
        }
        throw delivered ? cutShort((RuntimeException) failure) : (RuntimeException) failure;
    }

    private Page deliver(PageRead read) {
        delivered = true;
        if (read.segment() != Segment.MORE) {
            segmentsLeft--;
            cutByBudget |= read.segment() == Segment.STOPPED_BY_BUDGET;
        }
        Page page = read.page();
        boolean more = segmentsLeft > 0 || cutByBudget;
        if (page.count() > itemsLeft) {
            more = true;
            page = new Page(
                    page.items()
                            .subList(0, (int) Math.min(itemsLeft, page.items().size())),
                    itemsLeft,
                    page.scanned(),
                    page.capacity());
        }
        itemsLeft -= page.count();
        if (itemsLeft == 0 && more) {
            finish(End.LIMIT);
        } else if (segmentsLeft == 0) {
            finish(cutByBudget ? End.BUDGET : End.WHOLE);
        }
        return page;
    }

    private void finish(End how) {
        end = how;
        over = true;
        stopped.set(true);
    }

    private Event take() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("the scan was interrupted", "", e);
        }
    }

    private static DynacogException cutShort(RuntimeException failure) {
        if (failure instanceof DynacogException.Incomplete incomplete) {
            return incomplete;
        }
        String why = FailureTranslator.translate(failure)
                .<Throwable>map(known -> known)
                .orElse(failure)
                .getMessage();
        return new DynacogException.Incomplete("not all items were read: " + why, "run it again", failure);
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
