package dev.dynacog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.messages.GroupRows;
import dev.dynacog.messages.LastMessageProjector;
import dev.dynacog.messages.LastMessageProjector.Change;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Hope;
import dev.dynacog.messages.LastMessageProjector.Projected;
import dev.dynacog.messages.MessageTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps group rows current with the messages that a table's stream tells. It needs no settings: the table is the one that
 * the stream belongs to. What failed is reported record by record, so that the rest is not tried again for it; what can
 * never succeed is logged alone, or it would hold up its shard until the stream forgets it.
 */
public final class ProjectorHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private final AwsClients clients;

    /** As Lambda makes it: region and credentials are in the function's variables. */
    public ProjectorHandler() {
        this(System.getenv());
    }

    ProjectorHandler(Map<String, String> variables) {
        Path nowhere = Path.of("/");
        Flags prod = new Flags(Optional.of("prod"), Optional.empty(), Optional.empty(), Optional.empty());
        clients = new AwsClients(new SettingsLoader(variables, nowhere, Folders.of(Map.of(), nowhere))
                .load(prod)
                .environment());
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        int unreadable = 0;
        for (DynamodbStreamRecord record :
                Optional.ofNullable(event.getRecords()).orElse(List.of())) {
            Optional<String> table = table(record.getEventSourceARN());
            Optional<Change> change = change(record);
            if (table.isPresent() && change.isPresent()) {
                changes.computeIfAbsent(table.get(), any -> new ArrayList<>()).add(change.get());
            } else {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            context.getLogger().log(unreadable + " records are none of a table's stream");
        }
        List<BatchItemFailure> failures = new ArrayList<>();
        changes.forEach((table, ofTable) -> {
            Projected projected = new LastMessageProjector(new GroupRows(new Items(clients, table))).project(ofTable);
            context.getLogger().log(told(table, ofTable.size(), projected));
            for (Failure failure : projected.failures()) {
                boolean hopeless = failure.hope() == Hope.NONE;
                context.getLogger()
                        .log("group " + failure.group() + " failed" + (hopeless ? " for good" : "") + ": "
                                + failure.reason());
                if (!hopeless) {
                    failures.add(BatchItemFailure.builder()
                            .withItemIdentifier(failure.sequenceNumber())
                            .build());
                }
            }
        });
        return StreamsEventResponse.builder().withBatchItemFailures(failures).build();
    }

    private static String told(String table, int changes, Projected projected) {
        return table + ": " + changes + " changes, " + projected.messages() + " messages, " + projected.moved()
                + " groups moved, " + projected.unchanged() + " unchanged, " + projected.withoutRows()
                + " without rows, " + projected.failures().size() + " failed"
                + (projected.nameless() == 0 ? "" : ", " + projected.nameless() + " with a key that names no group");
    }

    /** What a record tells; nothing when it lacks the number by which it would be reported. */
    private static Optional<Change> change(DynamodbStreamRecord record) {
        return Optional.ofNullable(record.getDynamodb())
                .filter(told -> told.getSequenceNumber() != null)
                .map(told -> new Change(partition(told), told.getSequenceNumber()));
    }

    private static String partition(StreamRecord told) {
        return Optional.ofNullable(told.getKeys())
                .map(keys -> keys.get(MessageTable.KEY.get(0)))
                .map(AttributeValue::getS)
                .orElse("");
    }

    /** The table of {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL}. */
    static Optional<String> table(@Nullable String streamArn) {
        String[] parts = streamArn == null ? new String[0] : streamArn.split("/", -1);
        return parts.length < 2 || parts[1].isEmpty() ? Optional.empty() : Optional.of(parts[1]);
    }
}
