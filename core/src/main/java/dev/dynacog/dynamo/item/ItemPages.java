package dev.dynacog.dynamo.item;

import dev.dynacog.aws.LoopDetector;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** The items that a query finds, read page by page as they are taken. An empty page is no end: only a missing token is. */
public final class ItemPages implements Iterator<Item> {
    private final DynamoDbClient client;
    private final String table;
    private final ItemQuery query;
    private final LoopDetector loops;
    private final Queue<Item> page = new ArrayDeque<>();
    private Map<String, AttributeValue> start = Map.of();
    private Capacity capacity = Capacity.NONE;
    private boolean begun;

    ItemPages(DynamoDbClient client, String table, ItemQuery query) {
        this.client = client;
        this.table = table;
        this.query = query;
        this.loops = new LoopDetector("table " + table);
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && (!begun || !start.isEmpty())) {
            read();
        }
        return !page.isEmpty();
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    /** Whether the last page was read, so that no further request would be made. */
    public boolean isRead() {
        return begun && start.isEmpty();
    }

    /** What was consumed so far. */
    public Capacity capacity() {
        return capacity;
    }

    private void read() {
        QueryResponse response;
        try {
            response = ask();
        } catch (ResourceNotFoundException e) {
            throw Items.noTable(table);
        }
        begun = true;
        start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
        if (!start.isEmpty()) {
            loops.check(start);
        }
        capacity = capacity.plus(Capacity.reads(response.consumedCapacity()));
        response.items().forEach(item -> page.add(Item.of(item)));
    }

    private QueryResponse ask() {
        Condition.Expression expression = new Condition.Expression();
        String keys = expression.name(query.partition().name()) + " = "
                + expression.value(query.partition().value());
        if (query.range().isPresent()) {
            ItemQuery.Range range = query.range().get();
            keys += " AND " + expression.name(range.name()) + " BETWEEN " + expression.value(range.from()) + " AND "
                    + expression.value(range.to());
        }
        String keyCondition = keys;
        String filter = query.filter().write(expression);
        ItemQuery.Manner manner = query.manner();
        return client.query(request -> {
            request.tableName(table)
                    .keyConditionExpression(keyCondition)
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .scanIndexForward(!manner.backwards())
                    .consistentRead(manner.consistent())
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
            query.index().ifPresent(request::indexName);
            if (!filter.isEmpty()) {
                request.filterExpression(filter);
            }
            if (manner.pageSize() > 0) {
                request.limit(manner.pageSize());
            }
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
        });
    }
}
