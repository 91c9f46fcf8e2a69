package dev.dynacog.dynamo.table;

import dev.dynacog.dynamo.table.LocatedJson.Fields;
import dev.dynacog.dynamo.table.LocatedJson.Value;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What a table is made of: that which CreateTable takes, whether it was read from a file or from a table that exists. */
public final class TableSchema {
    /** The throughput that a table gets which is made provisioned and doesn't say how much. */
    private static final ProvisionedThroughput DEFAULT_THROUGHPUT = ProvisionedThroughput.builder()
            .readCapacityUnits(5L)
            .writeCapacityUnits(5L)
            .build();

    private static final String SHIPPED = "/seed-data/schema/cruddur-messages.json";

    private final CreateTableRequest request;

    private TableSchema(CreateTableRequest request) {
        this.request = request;
    }

    /** The message table that dynacog ships. */
    public static TableSchema ofMessages() {
        try (InputStream in = Objects.requireNonNull(TableSchema.class.getResourceAsStream(SHIPPED), SHIPPED);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return parse(reader, SHIPPED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with CreateTable JSON, or with what describe-table prints. */
    public static TableSchema read(Path file) {
        // Bytes that are not UTF-8 are replaced, and the parser points at the place.
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        try (Reader reader = new InputStreamReader(PlainFile.open(file), decoder)) {
            return parse(reader, file.toString());
        } catch (NoSuchFileException e) {
            throw new DynacogException.NotFound("there is no file " + file, "");
        } catch (IOException e) {
            throw new DynacogException.Failed(file + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    static TableSchema parse(Reader reader, String source) throws IOException {
        LocatedJson document = LocatedJson.parse(reader, source);
        Value root = document.root();
        if (root instanceof Fields wrapped && wrapped.byName().containsKey("Table")) {
            root = wrapped.byName().get("Table").value();
        } else if (root instanceof Fields wrapped && wrapped.byName().containsKey("TableDescription")) {
            root = wrapped.byName().get("TableDescription").value();
        }
        boolean described = root != document.root()
                || (root instanceof Fields fields
                        && (fields.byName().containsKey("TableStatus")
                                || fields.byName().containsKey("TableArn")));
        TableSchema schema = described
                ? of((TableDescription) new PojoJson(document, PojoJson.Unknown.SKIP)
                        .read(root, TableDescription::builder, "the table"))
                : new TableSchema((CreateTableRequest) new PojoJson(document, PojoJson.Unknown.REFUSE)
                        .read(root, CreateTableRequest::builder, "the table"));
        return schema.checked(document, root);
    }

    private TableSchema checked(LocatedJson document, Value root) {
        if (request.tableName() == null) {
            throw document.wrong(root.at(), "has no TableName", "the file must contain CreateTable JSON");
        }
        if (!request.hasKeySchema()) {
            throw document.wrong(root.at(), "has no KeySchema", "the file must contain CreateTable JSON");
        }
        return this;
    }

    static TableSchema of(TableDescription table) {
        BillingMode billing = table.billingModeSummary() == null
                ? BillingMode.PROVISIONED
                : table.billingModeSummary().billingMode();
        boolean provisioned = billing == BillingMode.PROVISIONED;
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.tableName())
                .attributeDefinitions(table.attributeDefinitions())
                .keySchema(table.keySchema())
                .billingMode(billing)
                .streamSpecification(table.streamSpecification())
                .deletionProtectionEnabled(table.deletionProtectionEnabled())
                .onDemandThroughput(table.onDemandThroughput());
        if (provisioned) {
            request.provisionedThroughput(throughput(table.provisionedThroughput()));
        }
        if (table.hasLocalSecondaryIndexes()) {
            request.localSecondaryIndexes(table.localSecondaryIndexes().stream()
                    .map(index -> LocalSecondaryIndex.builder()
                            .indexName(index.indexName())
                            .keySchema(index.keySchema())
                            .projection(index.projection())
                            .build())
                    .toList());
        }
        if (table.hasGlobalSecondaryIndexes()) {
            request.globalSecondaryIndexes(table.globalSecondaryIndexes().stream()
                    .map(index -> GlobalSecondaryIndex.builder()
                            .indexName(index.indexName())
                            .keySchema(index.keySchema())
                            .projection(index.projection())
                            .onDemandThroughput(index.onDemandThroughput())
                            .provisionedThroughput(provisioned ? throughput(index.provisionedThroughput()) : null)
                            .build())
                    .toList());
        }
        if (table.tableClassSummary() != null) {
            request.tableClass(table.tableClassSummary().tableClass());
        }
        if (table.sseDescription() != null && table.sseDescription().status() == SSEStatus.ENABLED) {
            request.sseSpecification(SSESpecification.builder()
                    .enabled(true)
                    .sseType(table.sseDescription().sseType())
                    .kmsMasterKeyId(table.sseDescription().kmsMasterKeyArn())
                    .build());
        }
        return new TableSchema(request.build());
    }

    static @Nullable ProvisionedThroughput throughput(@Nullable ProvisionedThroughputDescription described) {
        return described == null
                ? null
                : ProvisionedThroughput.builder()
                        .readCapacityUnits(described.readCapacityUnits())
                        .writeCapacityUnits(described.writeCapacityUnits())
                        .build();
    }

    public String tableName() {
        return request.tableName();
    }

    public TableSchema named(String name) {
        return new TableSchema(request.toBuilder().tableName(name).build());
    }

    /** Paid by request instead of by provisioned units. */
    public TableSchema onDemand() {
        var indexes = request.globalSecondaryIndexes().stream()
                .map(index -> index.toBuilder()
                        .provisionedThroughput((ProvisionedThroughput) null)
                        .build())
                .toList();
        CreateTableRequest.Builder changed = request.toBuilder()
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .provisionedThroughput((ProvisionedThroughput) null);
        if (request.hasGlobalSecondaryIndexes()) {
            changed.globalSecondaryIndexes(indexes);
        }
        return new TableSchema(changed.build());
    }

    /** With a stream that carries the named view of each change. */
    public TableSchema streaming(String view) {
        StreamViewType type = StreamViewType.fromValue(view);
        if (type == StreamViewType.UNKNOWN_TO_SDK_VERSION) {
            throw new DynacogException.Usage(
                    "unknown stream view '" + view + "'",
                    "known: "
                            + StreamViewType.knownValues().stream()
                                    .map(StreamViewType::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return new TableSchema(request.toBuilder()
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(type)
                        .build())
                .build());
    }

    public TableSchema protectedFromDeletion() {
        return new TableSchema(
                request.toBuilder().deletionProtectionEnabled(true).build());
    }

    /** The request that makes this table. */
    CreateTableRequest toRequest() {
        if (billing() == BillingMode.PAY_PER_REQUEST || request.provisionedThroughput() != null) {
            return request;
        }
        return request.toBuilder().provisionedThroughput(DEFAULT_THROUGHPUT).build();
    }

    BillingMode billing() {
        return request.billingMode() == null ? BillingMode.PROVISIONED : request.billingMode();
    }

    ProvisionedThroughput throughput() {
        return request.provisionedThroughput() == null ? DEFAULT_THROUGHPUT : request.provisionedThroughput();
    }

    Set<KeySchemaElement> keys() {
        return Set.copyOf(request.keySchema());
    }

    Set<AttributeDefinition> attributes() {
        return Set.copyOf(request.attributeDefinitions());
    }

    CreateTableRequest request() {
        return request;
    }

    /** An on-demand table's own limits, if it has any. */
    @Nullable
    OnDemandThroughput onDemandLimits() {
        return request.onDemandThroughput();
    }

    /** The view of the stream, or null when there is none. */
    @Nullable
    StreamViewType streamView() {
        StreamSpecification stream = request.streamSpecification();
        return stream != null && Boolean.TRUE.equals(stream.streamEnabled()) ? stream.streamViewType() : null;
    }

    /** What CreateTable takes, as maps and lists: what JSON is written of. */
    public Map<String, Object> toMap() {
        return PojoJson.toMap(request);
    }
}
