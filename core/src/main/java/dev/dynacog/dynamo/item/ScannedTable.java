package dev.dynacog.dynamo.item;

import dev.dynacog.dynamo.item.ItemScan.Page;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The table, or the index of one, that a scan reads: how it is asked for a page, and what the answer means. */
final class ScannedTable {
    private static final Pattern RESERVED = Pattern.compile("reserved keyword: (\\w+)");

    private final DynamoDbClient client;
    private final ScanRequest request;
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final TableDescription table;
    private final List<String> keyNames;

    /** Asks for the table first, so that a wrong name is told before anything is read. */
    ScannedTable(DynamoDbClient client, ScanRequest request) {
        this.client = client;
        this.request = request;
        request.selection().values().forEach((name, text) -> values.put(name, ItemJson.parse(text, "value " + name)));
        this.table = describe();
        this.keyNames = keyNames();
    }

    private TableDescription describe() {
        try {
            return client.describeTable(describe -> describe.tableName(request.table()))
                    .table();
        } catch (ResourceNotFoundException e) {
            throw new DynacogException.NotFound(
                    "there is no table " + request.table(), "list the tables: dynacog list-tables");
        }
    }

    /** The attributes to show first: the table's keys, or the index's and then the table's. */
    private List<String> keyNames() {
        List<KeySchemaElement> keys = new ArrayList<>();
        request.index().ifPresent(name -> keys.addAll(indexKeys(name)));
        keys.addAll(table.keySchema());
        return keys.stream().map(KeySchemaElement::attributeName).distinct().toList();
    }

    private List<KeySchemaElement> indexKeys(String name) {
        for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
            if (index.indexName().equals(name)) {
                return index.keySchema();
            }
        }
        for (LocalSecondaryIndexDescription index : table.localSecondaryIndexes()) {
            if (index.indexName().equals(name)) {
                return index.keySchema();
            }
        }
        throw new DynacogException.NotFound(
                "table " + table.tableName() + " has no index " + name,
                "dynacog describe " + table.tableName() + " lists its indexes");
    }

    /** How many items the table has, by the service's own count of some hours ago. */
    OptionalLong estimatedItems() {
        return request.index().isEmpty() && table.itemCount() != null && table.itemCount() > 0
                ? OptionalLong.of(table.itemCount())
                : OptionalLong.empty();
    }

    ReadCost cost() {
        boolean local = request.index()
                .filter(name -> table.localSecondaryIndexes().stream()
                        .anyMatch(index -> index.indexName().equals(name)))
                .isPresent();
        return local ? ReadCost.LOCAL_INDEX : ReadCost.TABLE_OR_GLOBAL_INDEX;
    }

    /** One page of a segment, from a place on. */
    ScanResponse page(int segment, Map<String, AttributeValue> start, OptionalInt items) {
        try {
            return ask(segment, start, items);
        } catch (DynamoDbException e) {
            throw reservedWord(e).<RuntimeException>map(known -> known).orElse(e);
        }
    }

    private Optional<DynacogException> reservedWord(DynamoDbException failure) {
        Matcher word = RESERVED.matcher(String.valueOf(failure.getMessage()));
        if (!word.find()) {
            return Optional.empty();
        }
        String name = word.group(1);
        String initial = "#" + name.charAt(0);
        String placeholder = request.selection().names().containsKey(initial) ? "#" + name : initial;
        return Optional.of(new DynacogException.Usage(
                "'" + name + "' is a reserved word in DynamoDB and cannot be used in an expression",
                "write " + placeholder + " in its place, and add --name '" + placeholder + "=" + name + "'"));
    }

    private ScanResponse ask(int segment, Map<String, AttributeValue> start, OptionalInt items) {
        ScanRequest.Selection selection = request.selection();
        return client.scan(scan -> {
            scan.tableName(request.table()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
            request.index().ifPresent(scan::indexName);
            selection.filter().ifPresent(scan::filterExpression);
            selection.projection().ifPresent(scan::projectionExpression);
            items.ifPresent(scan::limit);
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
        });
    }

    /** What a page has, for whoever reads it. */
    Page read(ScanResponse response, Capacity capacity) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (!request.selection().countOnly()) {
            for (Map<String, AttributeValue> item : response.items()) {
                items.add(ItemJson.toMap(item, request.selection().form(), keyNames));
            }
        }
        return new Page(items, response.count(), response.scannedCount(), capacity);
    }
}
