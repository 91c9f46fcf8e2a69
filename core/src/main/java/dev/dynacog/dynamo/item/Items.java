package dev.dynacog.dynamo.item;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** The items of one table, one by one: questions, and changes that belong together. */
public final class Items {
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final Set<String> LASTING = Set.of(
            "ValidationException",
            "ValidationError",
            "ItemCollectionSizeLimitExceeded",
            "ItemCollectionSizeLimitExceededException");

    private final AwsClients clients;
    private final String table;

    public Items(AwsClients clients, String table) {
        this.clients = clients;
        this.table = table;
    }

    public String table() {
        return table;
    }

    /** How a transaction ended. */
    public sealed interface Outcome {}

    public record Done(Capacity capacity) implements Outcome {}

    /** Nothing was written: the conditions of these steps, counted from 0, did not hold. */
    public record Refused(Set<Integer> steps) implements Outcome {}

    /** Nothing was written, because another one was writing there; the same may succeed in a moment. */
    public record Hindered() implements Outcome {}

    public ItemPages query(ItemQuery query) {
        return new ItemPages(client(), table, query);
    }

    /** The item as it is now: a consistent read. */
    public Optional<Item> get(Item key) {
        try {
            GetItemResponse response = client().getItem(request ->
                    request.tableName(table).key(key.attributes()).consistentRead(true));
            return response.hasItem() && !response.item().isEmpty()
                    ? Optional.of(Item.of(response.item()))
                    : Optional.empty();
        } catch (ResourceNotFoundException e) {
            throw noTable(table);
        }
    }

    /**
     * Does all of it or nothing.
     *
     * @param token names this transaction: when an answer got lost and the same is asked again within ten minutes, it is
     *     not done twice
     */
    public Outcome transact(List<Write> steps, String token) {
        List<TransactWriteItem> items = steps.stream().map(this::item).toList();
        try {
            TransactWriteItemsResponse response = client().transactWriteItems(request -> request.transactItems(items)
                    .clientRequestToken(token)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            double units = response.consumedCapacity().stream()
                    .mapToDouble(consumed -> Capacity.writes(consumed).writeUnits())
                    .sum();
            return new Done(Capacity.write(units));
        } catch (TransactionInProgressException e) {
            return new Hindered();
        } catch (TransactionCanceledException e) {
            return cancelled(e);
        } catch (ResourceNotFoundException e) {
            throw noTable(table);
        }
    }

    /**
     * Whether DynamoDB refused what was asked because of what stands in the table: a key or an item that is too long, for
     * example. The same question gets the same answer then, until somebody changes the item.
     */
    public static boolean isRefusedForGood(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionCanceledException cancelled) {
                return cancelled.cancellationReasons().stream()
                        .anyMatch(reason -> LASTING.contains(String.valueOf(reason.code())));
            }
            if (cause instanceof DynamoDbException refusal && refusal.awsErrorDetails() != null) {
                return LASTING.contains(String.valueOf(refusal.awsErrorDetails().errorCode()));
            }
        }
        return false;
    }

    private static Outcome cancelled(TransactionCanceledException failure) {
        List<CancellationReason> reasons = failure.cancellationReasons();
        Set<Integer> refused = new HashSet<>();
        boolean passing = false;
        List<String> others = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            String code = String.valueOf(reasons.get(i).code());
            if (code.equals("ConditionalCheckFailed")) {
                refused.add(i);
            } else if (PASSING.contains(code)) {
                passing = true;
            } else if (!code.equals("None") && !code.equals("null")) {
                others.add(code + ": " + reasons.get(i).message());
            }
        }
        if (!others.isEmpty()) {
            throw new DynacogException.Failed(
                    "DynamoDB refused the transaction: " + String.join("; ", others), "nothing was written", failure);
        }
        if (!refused.isEmpty()) {
            return new Refused(refused);
        }
        if (passing) {
            return new Hindered();
        }
        throw failure;
    }

    private TransactWriteItem item(Write step) {
        Condition.Expression expression = new Condition.Expression();
        String condition = step.condition().isEmpty() ? null : step.condition().write(expression);
        if (step instanceof Write.Put put) {
            return TransactWriteItem.builder()
                    .put(it -> it.tableName(table)
                            .item(put.item().attributes())
                            .conditionExpression(condition)
                            .expressionAttributeNames(nonEmpty(expression.names()))
                            .expressionAttributeValues(nonEmpty(expression.values())))
                    .build();
        }
        if (step instanceof Write.Delete delete) {
            return TransactWriteItem.builder()
                    .delete(it -> it.tableName(table)
                            .key(delete.key().attributes())
                            .conditionExpression(condition)
                            .expressionAttributeNames(nonEmpty(expression.names()))
                            .expressionAttributeValues(nonEmpty(expression.values())))
                    .build();
        }
        if (step instanceof Write.Update update) {
            List<String> changes = new ArrayList<>();
            update.texts().forEach((name, text) -> changes.add(expression.name(name) + " = " + expression.value(text)));
            return TransactWriteItem.builder()
                    .update(it -> it.tableName(table)
                            .key(update.key().attributes())
                            .updateExpression("SET " + String.join(", ", changes))
                            .conditionExpression(condition)
                            .expressionAttributeNames(nonEmpty(expression.names()))
                            .expressionAttributeValues(nonEmpty(expression.values())))
                    .build();
        }
        Write.Check check = (Write.Check) step;
        return TransactWriteItem.builder()
                .conditionCheck(it -> it.tableName(table)
                        .key(check.key().attributes())
                        .conditionExpression(condition)
                        .expressionAttributeNames(nonEmpty(expression.names()))
                        .expressionAttributeValues(nonEmpty(expression.values())))
                .build();
    }

    /** The service refuses an empty map of names or values. */
    private static <V> @Nullable Map<String, V> nonEmpty(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }

    public static DynacogException.NotFound noTable(String table) {
        return new DynacogException.NotFound("there is no table " + table, "create it: dynacog schema-load");
    }

    private DynamoDbClient client() {
        return clients.dynamodb();
    }
}
