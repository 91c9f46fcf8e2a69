package dev.dynacog.dynamo.stream;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.LoopDetector;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.error.DynacogException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a table: its shards, and what stands in them. {@link StreamReader} reads them in the right order. */
public final class TableStream {
    /** Where to begin. */
    public enum From {
        /** With the oldest change that is kept. */
        OLDEST,
        /** With what happens from now on. */
        NOW
    }

    private final DynamoDbStreamsClient client;
    private final String table;
    private final String arn;
    private final boolean showsItems;

    private TableStream(DynamoDbStreamsClient client, TableDescription table) {
        this.client = client;
        this.table = table.tableName();
        this.arn = table.latestStreamArn();
        this.showsItems = table.streamSpecification().streamViewType() != StreamViewType.KEYS_ONLY;
    }

    /** Finds a table's stream, and says so when it has none. */
    public static TableStream of(AwsClients clients, String table) {
        TableDescription description;
        try {
            description = clients.dynamodb()
                    .describeTable(request -> request.tableName(table))
                    .table();
        } catch (ResourceNotFoundException e) {
            throw Items.noTable(table);
        }
        if (description.streamSpecification() == null
                || !Boolean.TRUE.equals(description.streamSpecification().streamEnabled())
                || description.latestStreamArn() == null) {
            throw new DynacogException.NotFound(
                    "table " + table + " has no stream", "enable one: dynacog schema-load --stream NEW_IMAGE --apply");
        }
        return new TableStream(clients.streams(), description);
    }

    public String table() {
        return table;
    }

    public String arn() {
        return arn;
    }

    /** Whether it tells more of an item than its key. */
    public boolean showsItems() {
        return showsItems;
    }

    public StreamReader read(From from, StreamReader.Pace pace) {
        return StreamReader.begin(this, from, pace);
    }

    /** Goes on where an earlier reader of this stream was. */
    public StreamReader resume(StreamPosition position, StreamReader.Pace pace) {
        return StreamReader.resume(this, position, pace);
    }

    /** A shard as the service lists it. */
    record Listed(String id, Optional<String> parent, boolean closed) {}

    /** All shards there are, and whether the stream was switched off, so that no more will come. */
    record Shards(List<Listed> shards, boolean disabled) {}

    Shards shards() {
        List<Listed> shards = new ArrayList<>();
        LoopDetector loops = new LoopDetector("the shards of " + table);
        String start = null;
        boolean disabled;
        do {
            StreamDescription page = describe(start);
            page.shards().forEach(shard -> shards.add(listed(shard)));
            disabled = page.streamStatus() == StreamStatus.DISABLED;
            start = page.lastEvaluatedShardId();
            if (start != null) {
                loops.check(start);
            }
        } while (start != null);
        return new Shards(shards, disabled);
    }

    private StreamDescription describe(@Nullable String start) {
        try {
            return client.describeStream(request -> request.streamArn(arn).exclusiveStartShardId(start))
                    .streamDescription();
        } catch (ResourceNotFoundException e) {
            throw new DynacogException.NotFound(
                    "the stream of table " + table + " is gone", "was the table deleted? dynacog list-tables");
        }
    }

    private static Listed listed(Shard shard) {
        return new Listed(
                shard.shardId(),
                Optional.ofNullable(shard.parentShardId()),
                shard.sequenceNumberRange() != null
                        && shard.sequenceNumberRange().endingSequenceNumber() != null);
    }

    /** An iterator that begins behind a position. */
    String iterator(String shard, ShardPosition position) {
        return iterator(shard, request -> {
            if (position instanceof ShardPosition.After after) {
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(after.sequenceNumber());
            } else {
                request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            }
        });
    }

    /** An iterator that begins with what is written from now on. */
    String iteratorFromNow(String shard) {
        return iterator(shard, request -> request.shardIteratorType(ShardIteratorType.LATEST));
    }

    private interface Begin {
        void at(GetShardIteratorRequest.Builder request);
    }

    private String iterator(String shard, Begin begin) {
        return client.getShardIterator(request -> {
                    request.streamArn(arn).shardId(shard);
                    begin.at(request);
                })
                .shardIterator();
    }

    /** What one request gives of a shard; without a next iterator the shard is at its end. */
    record Page(List<Change> changes, Optional<String> next) {}

    Page page(String shard, String iterator) {
        GetRecordsResponse response = client.getRecords(request -> request.shardIterator(iterator));
        return new Page(
                response.records().stream().map(each -> change(shard, each)).toList(),
                Optional.ofNullable(response.nextShardIterator()));
    }

    private static Change change(String shard, Record record) {
        StreamRecord told = record.dynamodb();
        return new Change(
                Change.Event.valueOf(record.eventNameAsString().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(told.approximateCreationDateTime()).orElse(Instant.EPOCH),
                new Change.Place(shard, told.sequenceNumber()),
                Item.of(told.keys()),
                image(told.hasNewImage(), told.newImage()),
                image(told.hasOldImage(), told.oldImage()),
                record.userIdentity() != null
                        && "dynamodb.amazonaws.com".equals(record.userIdentity().principalId()));
    }

    private static Optional<Item> image(boolean shown, Map<String, AttributeValue> image) {
        return shown ? Optional.of(Item.of(image)) : Optional.empty();
    }
}
