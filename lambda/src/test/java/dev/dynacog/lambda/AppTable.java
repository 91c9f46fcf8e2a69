package dev.dynacog.lambda;

import dev.dynacog.local.DynamoServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A message table in a real DynamoDB, written to as the app writes. */
@NullMarked
final class AppTable implements AutoCloseable {
    static final String NAME = "messages-of-the-app";

    private final DynamoServer server = DynamoServer.start(0, Optional.empty());
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    AppTable() {
        client.createTable(table -> table.tableName(NAME)
                .attributeDefinitions(text("pk"), text("sk"), text("message_group_uuid"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(5L))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("message-group-sk-index")
                        .keySchema(key("message_group_uuid", KeyType.HASH), key("sk", KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .provisionedThroughput(
                                units -> units.readCapacityUnits(5L).writeCapacityUnits(5L))
                        .build()));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    URI endpoint() {
        return server.endpoint();
    }

    void put(Map<String, String> texts) {
        client.putItem(item -> item.tableName(NAME)
                .item(texts.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, text -> AttributeValue.fromS(text.getValue())))));
    }

    void row(String owner, String at, String group, String other) {
        put(Map.of(
                "pk", "GRP#" + owner,
                "sk", at,
                "message_group_uuid", group,
                "message", "old",
                "user_uuid", other,
                "user_handle", other,
                "user_display_name", other));
    }

    void message(String group, String at, String sender, String text) {
        put(Map.of(
                "pk", "MSG#" + group,
                "sk", at,
                "message_uuid", text,
                "message", text,
                "user_uuid", sender,
                "user_handle", sender,
                "user_display_name", sender));
    }

    /** Time and text of each row of an owner. */
    List<String> rows(String owner) {
        return client
                .query(query -> query.tableName(NAME)
                        .keyConditionExpression("pk = :p")
                        .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("GRP#" + owner))))
                .items()
                .stream()
                .map(item -> stored(item, "sk") + " " + stored(item, "message"))
                .toList();
    }

    private static String stored(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
