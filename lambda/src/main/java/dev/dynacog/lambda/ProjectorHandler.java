package dev.dynacog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.dynacog.aws.AwsClients;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.Items;
import dev.dynacog.messages.GroupRows;
import dev.dynacog.messages.LastMessageProjector;
import dev.dynacog.messages.LastMessageProjector.Change;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Projected;
import dev.dynacog.messages.MessageTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps group rows current with the messages that a table's stream tells. It needs no settings: the table is the one that
 * the stream belongs to. What failed is reported record by record, so that the rest is not tried again for it.
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
        for (DynamodbStreamRecord record : event.getRecords()) {
            changes.computeIfAbsent(table(record.getEventSourceARN()), any -> new ArrayList<>())
                    .add(change(record));
        }
        List<BatchItemFailure> failures = new ArrayList<>();
        changes.forEach((table, ofTable) -> {
            Projected projected = new LastMessageProjector(new GroupRows(new Items(clients, table))).project(ofTable);
            context.getLogger().log(told(table, ofTable.size(), projected));
            for (Failure failure : projected.failures()) {
                context.getLogger().log("group " + failure.group() + " failed: " + failure.cause());
                failures.add(BatchItemFailure.builder()
                        .withItemIdentifier(failure.sequenceNumber())
                        .build());
            }
        });
        return StreamsEventResponse.builder().withBatchItemFailures(failures).build();
    }

    private static String told(String table, int changes, Projected projected) {
        return table + ": " + changes + " changes, " + projected.messages() + " messages, " + projected.moved()
                + " groups moved, " + projected.unchanged() + " unchanged, " + projected.withoutRows()
                + " without rows, " + projected.failures().size() + " failed";
    }

    private static Change change(DynamodbStreamRecord record) {
        AttributeValue partition =
                record.getDynamodb().getKeys().getOrDefault(MessageTable.KEY.get(0), new AttributeValue(""));
        return new Change(
                partition.getS() == null ? "" : partition.getS(),
                record.getDynamodb().getSequenceNumber());
    }

    /** The table of {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL}. */
    static String table(String streamArn) {
        String[] parts = streamArn.split("/", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException("no stream of a table: " + streamArn);
        }
        return parts[1];
    }
}
