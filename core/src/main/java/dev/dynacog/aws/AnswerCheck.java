package dev.dynacog.aws;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Holds that an answer has what everybody takes for granted: the SDK makes nulls and empty lists of what is missing, so
 * that another program's answer would read like a table without items.
 */
final class AnswerCheck implements ExecutionInterceptor {
    /** By operation: members, with those of members behind a dot. Of a list it is each element that has to have them. */
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("ListTables", List.of("TableNames")),
            Map.entry(
                    "DescribeTable",
                    List.of(
                            "Table",
                            "Table.TableName",
                            "Table.TableStatus",
                            "Table.KeySchema.AttributeName",
                            "Table.KeySchema.KeyType",
                            "Table.AttributeDefinitions.AttributeName",
                            "Table.GlobalSecondaryIndexes.IndexName",
                            "Table.GlobalSecondaryIndexes.Projection",
                            "Table.LocalSecondaryIndexes.IndexName",
                            "Table.LocalSecondaryIndexes.Projection")),
            Map.entry("Scan", List.of("Count", "ScannedCount")),
            Map.entry("Query", List.of("Items")),
            Map.entry("ListStreams", List.of("Streams", "Streams.StreamArn")),
            Map.entry("DescribeStream", List.of("StreamDescription", "StreamDescription.Shards.ShardId")),
            Map.entry("GetShardIterator", List.of("ShardIterator")),
            Map.entry("GetRecords", List.of("Records", "Records.dynamodb", "Records.dynamodb.SequenceNumber")),
            Map.entry("ListUsers", List.of("Users")),
            Map.entry("ListUsersInGroup", List.of("Users")),
            Map.entry("DescribeUserPool", List.of("UserPool", "UserPool.Id")),
            Map.entry("GetCallerIdentity", List.of("Account", "Arn")));

    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        for (String member : NEEDED.getOrDefault(String.valueOf(operation), List.of())) {
            if (!has(context.response(), member)) {
                // FailureTranslator knows what the endpoint is called.
                throw new UncheckedIOException(new BadAnswer("answered " + operation + " without " + member));
            }
        }
    }

    private static boolean has(SdkPojo answer, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Optional<Object> value = answer.sdkFields().stream()
                .filter(field -> field.locationName().equals(name))
                .findFirst()
                .flatMap(field -> value(field, answer));
        if (dot < 0) {
            return value.isPresent();
        }
        String rest = path.substring(dot + 1);
        if (value.isPresent() && value.get() instanceof List<?> list) {
            return list.stream().allMatch(element -> element instanceof SdkPojo pojo && has(pojo, rest));
        }
        // A list that is missing has no elements that lack anything; a member that is needed stands before its own.
        return value.isEmpty() || (value.get() instanceof SdkPojo pojo && has(pojo, rest));
    }

    private static Optional<Object> value(SdkField<?> field, SdkPojo owner) {
        Object value = field.getValueOrDefault(owner);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap
                ? Optional.empty()
                : Optional.ofNullable(value);
    }
}
