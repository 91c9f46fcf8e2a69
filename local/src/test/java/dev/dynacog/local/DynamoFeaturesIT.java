package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What the tool and its users ask of DynamoDB works with the jars that the distribution has. */
@SuppressWarnings("unchecked") // The SDK takes its builders as varargs of a generic type.
@TestInstance(Lifecycle.PER_CLASS)
class DynamoFeaturesIT {
    private static final String NUMBER = "12345678901234567890123456789012345678";

    private final StackProcess stack;
    private final DynamoDbClient client;

    DynamoFeaturesIT(@TempDir Path temporary) {
        stack = StackProcess.inMemory(TestFolders.base(temporary)).ready();
        client = Dynamo.client(stack.dynamo());
    }

    @AfterAll
    void stop() {
        client.close();
        stack.close();
    }

    @Test
    void everyKeyAndRegionSeesTheSameTables() {
        Dynamo.createTable(client, "shared");
        try (DynamoDbClient other = Dynamo.client(stack.dynamo(), "another", Region.AP_SOUTHEAST_2)) {
            assertThat(other.listTables().tableNames()).contains("shared");
        }
    }

    @Test
    void streamsDeliverWhatWasWritten() {
        Dynamo.createTable(client, "streamed");
        String arn = client.describeTable(table -> table.tableName("streamed"))
                .table()
                .latestStreamArn();
        client.putItem(put -> put.tableName("streamed").item(Map.of("pk", Dynamo.text("a"))));
        try (DynamoDbStreamsClient streams = Dynamo.streams(stack.dynamo())) {
            String shard = streams.describeStream(stream -> stream.streamArn(arn))
                    .streamDescription()
                    .shards()
                    .get(0)
                    .shardId();
            String iterator = streams.getShardIterator(wanted ->
                            wanted.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            List<Record> records =
                    streams.getRecords(wanted -> wanted.shardIterator(iterator)).records();
            assertThat(records)
                    .extracting(record -> record.dynamodb().newImage())
                    .containsExactly(Map.of("pk", Dynamo.text("a")));
        }
    }

    @Test
    void timeToLiveIsKeptAndExpiresItems() {
        Dynamo.createTable(client, "fading");
        client.updateTimeToLive(update -> update.tableName("fading")
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        assertThat(client.describeTimeToLive(table -> table.tableName("fading"))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
        long past = Instant.now().minusSeconds(60).getEpochSecond();
        client.putItem(put -> put.tableName("fading")
                .item(Map.of("pk", Dynamo.text("old"), "expires", AttributeValue.fromN(Long.toString(past)))));
        Eventually.until(
                "the item has expired",
                () -> client.scan(scan -> scan.tableName("fading")).items().isEmpty());
    }

    @Test
    void aTransactionHappensWhollyOrNotAtAll() {
        Dynamo.createTable(client, "ledger");
        client.transactWriteItems(transaction -> transaction.transactItems(
                item -> item.put(put -> put.tableName("ledger").item(Map.of("pk", Dynamo.text("a")))),
                item -> item.put(put -> put.tableName("ledger").item(Map.of("pk", Dynamo.text("b"))))));
        assertThatThrownBy(() -> client.transactWriteItems(transaction -> transaction.transactItems(
                        item -> item.put(put -> put.tableName("ledger").item(Map.of("pk", Dynamo.text("c")))),
                        item -> item.put(put -> put.tableName("ledger")
                                .item(Map.of("pk", Dynamo.text("a")))
                                .conditionExpression("attribute_not_exists(pk)")))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(client.transactGetItems(transaction -> transaction.transactItems(item ->
                                item.get(get -> get.tableName("ledger").key(Map.of("pk", Dynamo.text("b"))))))
                        .responses())
                .hasSize(1);
        assertThat(client.scan(scan -> scan.tableName("ledger")).count()).isEqualTo(2);
    }

    @Test
    void expressionsBatchesAndCapacityWork() {
        Dynamo.createTable(client, "busy");
        client.batchWriteItem(batch -> batch.requestItems(Map.of(
                "busy",
                List.of(WriteRequest.builder()
                        .putRequest(put -> put.item(Map.of("pk", Dynamo.text("n"), "n", AttributeValue.fromN(NUMBER))))
                        .build()))));
        client.updateItem(update -> update.tableName("busy")
                .key(Map.of("pk", Dynamo.text("n")))
                .updateExpression("set #list = list_append(if_not_exists(#list, :empty), :new)")
                .expressionAttributeNames(Map.of("#list", "list"))
                .expressionAttributeValues(Map.of(
                        ":empty",
                        AttributeValue.fromL(List.of()),
                        ":new",
                        AttributeValue.fromL(List.of(Dynamo.text("x"))))));
        var found = client.query(query -> query.tableName("busy")
                .keyConditionExpression("pk = :pk")
                .filterExpression("size(#list) = :one")
                .expressionAttributeNames(Map.of("#list", "list"))
                .expressionAttributeValues(Map.of(":pk", Dynamo.text("n"), ":one", AttributeValue.fromN("1")))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(found.items())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, AttributeValue.class))
                .containsEntry("n", AttributeValue.fromN(NUMBER));
        assertThat(found.consumedCapacity().capacityUnits()).isPositive();
    }

    @Test
    void partiqlWorks() {
        Dynamo.createTable(client, "spoken");
        client.executeStatement(statement ->
                statement.statement("insert into spoken value {'pk': ?}").parameters(Dynamo.text("a")));
        assertThat(client.executeStatement(statement -> statement.statement("select pk from spoken where pk = 'a'"))
                        .items())
                .containsExactly(Map.of("pk", Dynamo.text("a")));
    }

    @Test
    void deletionProtectionProtects() {
        Dynamo.createTable(client, "guarded");
        client.updateTable(update -> update.tableName("guarded").deletionProtectionEnabled(true));
        assertThatThrownBy(() -> client.deleteTable(table -> table.tableName("guarded")))
                .hasMessageContaining("deletion protection");
    }
}
