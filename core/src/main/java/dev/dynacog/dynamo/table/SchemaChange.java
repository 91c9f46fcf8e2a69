package dev.dynacog.dynamo.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * How a table differs from its schema, and the UpdateTable requests that would mend it, in an order and in portions that
 * the service takes: one index, the stream, or the billing at a time.
 */
public final class SchemaChange {
    /** One difference. What UpdateTable can't change needs another table. */
    public record Difference(String what, String wanted, String found, boolean canBeApplied) {}

    /** One call of UpdateTable. */
    record Step(String what, UpdateTableRequest request) {}

    private final TableSchema wanted;
    private final TableSchema found;
    private final TableDescription table;
    private final List<Difference> differences = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    SchemaChange(TableSchema wanted, TableDescription table) {
        this.wanted = wanted;
        this.found = TableSchema.of(table);
        this.table = table;
        compareKeys();
        compareBilling();
        compareGlobalIndexes();
        compareStream();
        compareProtection();
        compareClass();
    }

    public List<Difference> differences() {
        return List.copyOf(differences);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private void compareKeys() {
        if (!wanted.keys().equals(found.keys())) {
            fixed(
                    "keys",
                    keys(wanted.request().keySchema()),
                    keys(found.request().keySchema()));
        }
        Map<String, String> wantedTypes = types(wanted.attributes());
        types(found.attributes()).forEach((name, type) -> {
            String wantedType = wantedTypes.get(name);
            if (wantedType != null && !wantedType.equals(type)) {
                fixed("attribute " + name, wantedType, type);
            }
        });
        Map<String, LocalSecondaryIndex> wantedLocal = wanted.request().localSecondaryIndexes().stream()
                .collect(Collectors.toMap(LocalSecondaryIndex::indexName, index -> index));
        Map<String, LocalSecondaryIndex> foundLocal = found.request().localSecondaryIndexes().stream()
                .collect(Collectors.toMap(LocalSecondaryIndex::indexName, index -> index));
        for (String name : union(wantedLocal.keySet(), foundLocal.keySet())) {
            String wantedText = describe(wantedLocal.get(name));
            String foundText = describe(foundLocal.get(name));
            if (!wantedText.equals(foundText)) {
                fixed("local index " + name, wantedText, foundText);
            }
        }
    }

    private void compareBilling() {
        if (wanted.billing() != found.billing()) {
            differ("billing", billing(wanted), billing(found));
            UpdateTableRequest.Builder update = update().billingMode(wanted.billing());
            if (wanted.billing() == BillingMode.PROVISIONED) {
                update.provisionedThroughput(wanted.throughput());
                List<GlobalSecondaryIndexUpdate> indexes = new ArrayList<>();
                for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
                    ProvisionedThroughput throughput = Optional.ofNullable(
                                    globalIndexes(wanted).get(index.indexName()))
                            .map(GlobalSecondaryIndex::provisionedThroughput)
                            .orElse(wanted.throughput());
                    // DynamoDB Local remembers an index's units while they don't count, and refuses to set the same.
                    if (!throughput.equals(TableSchema.throughput(index.provisionedThroughput()))) {
                        indexes.add(throughputOf(index.indexName(), throughput));
                    }
                }
                if (!indexes.isEmpty()) {
                    update.globalSecondaryIndexUpdates(indexes);
                }
            }
            step("billing becomes " + billing(wanted), update);
            return;
        }
        if (wanted.billing() == BillingMode.PROVISIONED && !wanted.throughput().equals(found.throughput())) {
            differ("throughput", units(wanted.throughput()), units(found.throughput()));
            step(
                    "throughput becomes " + units(wanted.throughput()),
                    update().provisionedThroughput(wanted.throughput()));
        }
        OnDemandThroughput limits = wanted.onDemandLimits();
        if (limits != null && !limits.equals(found.onDemandLimits())) {
            differ("on-demand limits", limits(limits), limits(found.onDemandLimits()));
            step("on-demand limits become " + limits(limits), update().onDemandThroughput(limits));
        }
    }

    private void compareGlobalIndexes() {
        Map<String, GlobalSecondaryIndex> want = globalIndexes(wanted);
        Map<String, GlobalSecondaryIndex> have = globalIndexes(found);
        for (String name : union(want.keySet(), have.keySet())) {
            GlobalSecondaryIndex wantedIndex = want.get(name);
            GlobalSecondaryIndex foundIndex = have.get(name);
            String wantedText = describe(wantedIndex);
            String foundText = describe(foundIndex);
            if (!wantedText.equals(foundText)) {
                differ("index " + name, wantedText, foundText);
                if (foundIndex != null) {
                    step(
                            "index " + name + " is deleted",
                            update().globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                                    .delete(delete -> delete.indexName(name))
                                    .build()));
                }
                if (wantedIndex != null) {
                    step("index " + name + " is made", create(wantedIndex));
                }
            } else if (wantedIndex != null
                    && foundIndex != null
                    && wanted.billing() == BillingMode.PROVISIONED
                    && found.billing() == BillingMode.PROVISIONED) {
                ProvisionedThroughput throughput = indexThroughput(wantedIndex);
                if (!throughput.equals(foundIndex.provisionedThroughput())) {
                    differ("throughput of index " + name, units(throughput), units(foundIndex.provisionedThroughput()));
                    step(
                            "throughput of index " + name + " becomes " + units(throughput),
                            update().globalSecondaryIndexUpdates(throughputOf(name, throughput)));
                }
            }
        }
    }

    private UpdateTableRequest.Builder create(GlobalSecondaryIndex index) {
        return update().attributeDefinitions(wanted.request().attributeDefinitions())
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(create -> create.indexName(index.indexName())
                                .keySchema(index.keySchema())
                                .projection(index.projection())
                                .onDemandThroughput(index.onDemandThroughput())
                                .provisionedThroughput(
                                        wanted.billing() == BillingMode.PROVISIONED ? indexThroughput(index) : null))
                        .build());
    }

    private void compareStream() {
        StreamViewType want = wanted.streamView();
        StreamViewType have = found.streamView();
        if (Objects.equals(want, have)) {
            return;
        }
        differ("stream", want == null ? "off" : want.toString(), have == null ? "off" : have.toString());
        if (have != null) {
            step("the stream is switched off", update().streamSpecification(stream(null)));
        }
        if (want != null) {
            step("the stream is switched on with " + want, update().streamSpecification(stream(want)));
        }
    }

    private static StreamSpecification stream(@Nullable StreamViewType view) {
        return view == null
                ? StreamSpecification.builder().streamEnabled(false).build()
                : StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(view)
                        .build();
    }

    /** A schema that says nothing of protection doesn't take it away. */
    private void compareProtection() {
        Boolean want = wanted.request().deletionProtectionEnabled();
        boolean have = Boolean.TRUE.equals(found.request().deletionProtectionEnabled());
        if (want != null && want != have) {
            differ("deletion protection", want ? "on" : "off", have ? "on" : "off");
            step("deletion protection is switched " + (want ? "on" : "off"), update().deletionProtectionEnabled(want));
        }
    }

    private void compareClass() {
        String want = wanted.request().tableClassAsString();
        String have = Optional.ofNullable(found.request().tableClassAsString()).orElse("STANDARD");
        if (want != null && !want.equals(have)) {
            differ("table class", want, have);
            step("table class becomes " + want, update().tableClass(want));
        }
    }

    private UpdateTableRequest.Builder update() {
        return UpdateTableRequest.builder().tableName(wanted.tableName());
    }

    private void step(String what, UpdateTableRequest.Builder request) {
        steps.add(new Step(what, request.build()));
    }

    private void differ(String what, String want, String have) {
        differences.add(new Difference(what, want, have, true));
    }

    private void fixed(String what, String want, String have) {
        differences.add(new Difference(what, want, have, false));
    }

    private ProvisionedThroughput indexThroughput(GlobalSecondaryIndex index) {
        return index.provisionedThroughput() == null ? wanted.throughput() : index.provisionedThroughput();
    }

    private static GlobalSecondaryIndexUpdate throughputOf(String index, ProvisionedThroughput throughput) {
        return GlobalSecondaryIndexUpdate.builder()
                .update(change -> change.indexName(index).provisionedThroughput(throughput))
                .build();
    }

    private static Map<String, GlobalSecondaryIndex> globalIndexes(TableSchema schema) {
        Map<String, GlobalSecondaryIndex> byName = new LinkedHashMap<>();
        schema.request().globalSecondaryIndexes().forEach(index -> byName.put(index.indexName(), index));
        return byName;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Map<String, String> types(Set<AttributeDefinition> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString));
    }

    private static String describe(@Nullable GlobalSecondaryIndex index) {
        return index == null ? "none" : keys(index.keySchema()) + ", " + projection(index.projection());
    }

    private static String describe(@Nullable LocalSecondaryIndex index) {
        return index == null ? "none" : keys(index.keySchema()) + ", " + projection(index.projection());
    }

    private static String keys(List<KeySchemaElement> schema) {
        return schema.stream()
                .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                .sorted()
                .collect(Collectors.joining(" + "));
    }

    private static String projection(Projection projection) {
        return projection.hasNonKeyAttributes()
                ? projection.projectionTypeAsString() + " " + new TreeSet<>(projection.nonKeyAttributes())
                : projection.projectionTypeAsString();
    }

    private static String billing(TableSchema schema) {
        return schema.billing() == BillingMode.PAY_PER_REQUEST ? "on demand" : units(schema.throughput());
    }

    private static String units(@Nullable ProvisionedThroughput throughput) {
        return throughput == null ? "none" : throughput.readCapacityUnits() + "/" + throughput.writeCapacityUnits();
    }

    private static String limits(@Nullable OnDemandThroughput limits) {
        return limits == null ? "none" : limits.maxReadRequestUnits() + "/" + limits.maxWriteRequestUnits();
    }
}
