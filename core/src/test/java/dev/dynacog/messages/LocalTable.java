package dev.dynacog.messages;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.ItemJson;
import dev.dynacog.dynamo.item.ItemScan;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.ScanRequest;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.dynamo.table.TableSchema;
import dev.dynacog.dynamo.table.Tables;
import dev.dynacog.local.DynamoServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A message table of a test's own, in a real DynamoDB. */
@NullMarked
public final class LocalTable implements AutoCloseable {
    public static final Person ANDREW =
            new Person("00000000-0000-4000-8000-00000000000a", "andrewbrown", "Andrew Brown");
    public static final Person BAYKO = new Person("00000000-0000-4000-8000-00000000000b", "bayko", "Andrew Bayko");
    public static final Person LONDO = new Person("00000000-0000-4000-8000-00000000000c", "londo", "Londo M.");

    private final DynamoServer server = DynamoServer.start(0, Optional.empty());
    private final AwsClients clients =
            new AwsClients(environment(server.endpoint().toString()));
    private final Items items;

    public LocalTable() {
        TableSchema schema = TableSchema.ofMessages();
        Tables tables = new Tables(clients);
        tables.create(schema);
        tables.awaitActive(schema.tableName(), progress -> {});
        items = new Items(clients, schema.tableName());
    }

    /** An environment local whose DynamoDB is there. */
    public static Environment environment(String endpoint) {
        Path nowhere = Path.of("/nonexistent");
        return new SettingsLoader(Map.of("AWS_ENDPOINT_URL_DYNAMODB", endpoint), nowhere, Folders.of(Map.of(), nowhere))
                .load(new Flags(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .environment();
    }

    public URI endpoint() {
        return server.endpoint();
    }

    public AwsClients clients() {
        return clients;
    }

    public Items items() {
        return items;
    }

    /** Puts an item as an app would, asking nobody. */
    public void put(Map<String, String> texts) {
        items.transact(
                List.of(new Write.Put(Item.ofTexts(texts), Condition.NONE)),
                UUID.randomUUID().toString());
    }

    public void putMessage(String group, String sortKey, Person sender, String text) {
        put(Map.of(
                "pk", "MSG#" + group,
                "sk", sortKey,
                "message_uuid", UUID.randomUUID().toString(),
                "message", text,
                "user_uuid", sender.uuid(),
                "user_handle", sender.handle(),
                "user_display_name", sender.displayName()));
    }

    public void putRow(Person owner, String sortKey, String group, Person other, String text) {
        put(Map.of(
                "pk",
                "GRP#" + owner.uuid(),
                "sk",
                sortKey,
                "message_group_uuid",
                group,
                "message",
                text,
                "user_uuid",
                other.uuid(),
                "user_handle",
                other.handle(),
                "user_display_name",
                other.displayName()));
    }

    public void delete(Map<String, ?> item) {
        Item key = Item.ofTexts(Map.of("pk", String.valueOf(item.get("pk")), "sk", String.valueOf(item.get("sk"))));
        items.transact(
                List.of(new Write.Delete(key, Condition.NONE)),
                UUID.randomUUID().toString());
    }

    /** Everything in the table. */
    public List<Map<String, @Nullable Object>> scan() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        ScanRequest request = new ScanRequest(
                items.table(),
                Optional.empty(),
                new ScanRequest.Selection(
                        Optional.empty(), Map.of(), Map.of(), Optional.empty(), false, ItemJson.Form.PLAIN),
                1,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        try (ItemScan scan = new ItemScan(clients, request)) {
            for (var page = scan.next(); page.isPresent(); page = scan.next()) {
                all.addAll(page.get().items());
            }
        }
        return all;
    }

    /** The rows of one owner, by their group: a group that is there twice fails. */
    public Map<String, Map<String, @Nullable Object>> rowsOf(Person owner) {
        Map<String, Map<String, @Nullable Object>> rows = new HashMap<>();
        for (var item : scan()) {
            if (("GRP#" + owner.uuid()).equals(item.get("pk"))
                    && rows.put(String.valueOf(item.get("message_group_uuid")), item) != null) {
                throw new AssertionError("group is there twice for " + owner.handle() + ": " + item);
            }
        }
        return rows;
    }

    public List<Map<String, @Nullable Object>> messagesOf(String group) {
        return scan().stream()
                .filter(item -> ("MSG#" + group).equals(item.get("pk")))
                .toList();
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }
}
