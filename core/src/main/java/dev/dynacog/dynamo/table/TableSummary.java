package dev.dynacog.dynamo.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What there is to know of a table at a glance. Items and bytes are the service's own count, some hours old. */
public record TableSummary(
        String name,
        String status,
        long items,
        long bytes,
        Billing billing,
        Keys keys,
        List<Index> indexes,
        Optional<String> stream,
        boolean deletionProtection,
        Optional<String> tableClass,
        Optional<String> arn,
        Optional<Instant> created) {

    /** How a table is paid for. */
    public sealed interface Billing {}

    public record OnDemand() implements Billing {}

    public record Provisioned(long readUnits, long writeUnits) implements Billing {}

    /** The names of the key attributes, with their types: {@code pk (S)}. */
    public record Keys(String partition, Optional<String> sort) {}

    public record Index(
            String name, String kind, Keys keys, String projection, String status, long items, long bytes) {}

    static TableSummary of(TableDescription table) {
        Billing billing = table.billingModeSummary() != null
                        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST
                ? new OnDemand()
                : new Provisioned(
                        table.provisionedThroughput() == null
                                ? 0
                                : table.provisionedThroughput().readCapacityUnits(),
                        table.provisionedThroughput() == null
                                ? 0
                                : table.provisionedThroughput().writeCapacityUnits());
        List<Index> indexes = new ArrayList<>();
        for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
            indexes.add(new Index(
                    index.indexName(),
                    "global",
                    keys(table, index.keySchema()),
                    projection(index.projection()),
                    String.valueOf(index.indexStatusAsString()),
                    orZero(index.itemCount()),
                    orZero(index.indexSizeBytes())));
        }
        for (LocalSecondaryIndexDescription index : table.localSecondaryIndexes()) {
            indexes.add(new Index(
                    index.indexName(),
                    "local",
                    keys(table, index.keySchema()),
                    projection(index.projection()),
                    "ACTIVE",
                    orZero(index.itemCount()),
                    orZero(index.indexSizeBytes())));
        }
        return new TableSummary(
                table.tableName(),
                table.tableStatusAsString(),
                orZero(table.itemCount()),
                orZero(table.tableSizeBytes()),
                billing,
                keys(table, table.keySchema()),
                List.copyOf(indexes),
                Optional.ofNullable(TableSchema.of(table).streamView()).map(Object::toString),
                Boolean.TRUE.equals(table.deletionProtectionEnabled()),
                Optional.ofNullable(table.tableClassSummary()).map(summary -> summary.tableClassAsString()),
                Optional.ofNullable(table.tableArn()),
                Optional.ofNullable(table.creationDateTime()));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static Keys keys(TableDescription table, List<KeySchemaElement> schema) {
        return new Keys(key(table, schema, KeyType.HASH).orElse("?"), key(table, schema, KeyType.RANGE));
    }

    private static Optional<String> key(TableDescription table, List<KeySchemaElement> schema, KeyType type) {
        return schema.stream()
                .filter(element -> element.keyType() == type)
                .map(KeySchemaElement::attributeName)
                .findFirst()
                .map(name -> name
                        + table.attributeDefinitions().stream()
                                .filter(attribute -> attribute.attributeName().equals(name))
                                .map(attribute -> " (" + attribute.attributeTypeAsString() + ")")
                                .findFirst()
                                .orElse(""));
    }

    private static String projection(Projection projection) {
        return projection.hasNonKeyAttributes()
                ? projection.projectionTypeAsString() + " " + String.join(", ", projection.nonKeyAttributes())
                : projection.projectionTypeAsString();
    }
}
