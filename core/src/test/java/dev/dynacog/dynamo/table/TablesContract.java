package dev.dynacog.dynamo.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.item.ItemJson;
import dev.dynacog.dynamo.item.ItemScan;
import dev.dynacog.dynamo.item.ScanRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What holds for tables on every DynamoDB that we are run against. */
interface TablesContract {
    /** The server under test. */
    URI endpoint();

    private AwsClients clients() {
        Path nowhere = Path.of("/nonexistent");
        return new AwsClients(new SettingsLoader(
                        Map.of("AWS_ENDPOINT_URL_DYNAMODB", endpoint().toString()),
                        nowhere,
                        Folders.of(Map.of(), nowhere))
                .load(Flags.none())
                .environment());
    }

    @AfterEach
    default void dropEverything() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            tables.names().forEach(name -> tables.drop(name, progress -> {}));
        }
    }

    @Test
    default void aTableIsAsItsSchemaSaysOnceItIsActive() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            tables.create(TableSchema.ofMessages());
            TableSummary made = tables.awaitActive("cruddur-messages", progress -> {});
            assertThat(made.status()).isEqualTo("ACTIVE");
            assertThat(made.stream()).contains("NEW_IMAGE");
            assertThat(tables.compare(TableSchema.ofMessages()).orElseThrow().differences())
                    .isEmpty();
        }
    }

    @Test
    default void everyDifferenceThatUpdateTableCanMendIsMended() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            tables.create(TableSchema.ofMessages());
            TableSchema other = TableSchema.ofMessages().onDemand().streaming("KEYS_ONLY");
            SchemaChange change = tables.compare(other).orElseThrow();
            assertThat(change.differences())
                    .extracting(SchemaChange.Difference::what)
                    .containsExactly("billing", "stream");
            tables.apply("cruddur-messages", change, progress -> {});
            assertThat(tables.compare(other).orElseThrow().differences()).isEmpty();
        }
    }

    @Test
    default void everyPageOfTablesIsListed() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            List<String> names =
                    IntStream.range(0, 103).mapToObj(i -> "t-" + (1000 + i)).toList();
            names.forEach(
                    name -> tables.create(TableSchema.ofMessages().named(name).onDemand()));
            assertThat(tables.names()).containsExactlyInAnyOrderElementsOf(names);
            assertThat(tables.summaries()).hasSize(names.size());
        }
    }

    @Test
    default void aDroppedTableIsGone() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            tables.create(TableSchema.ofMessages());
            tables.drop("cruddur-messages", progress -> {});
            assertThat(tables.summary("cruddur-messages")).isEmpty();
        }
    }

    @Test
    default void aScanReadsEveryPage() {
        try (AwsClients clients = clients()) {
            Tables tables = new Tables(clients);
            tables.create(TableSchema.ofMessages());
            String padding = "x".repeat(4_000);
            for (int start = 0; start < 600; start += 25) {
                List<WriteRequest> batch = IntStream.range(start, start + 25)
                        .mapToObj(i -> Map.of(
                                "pk", AttributeValue.fromS("MSG#" + i),
                                "sk", AttributeValue.fromS("2026"),
                                "message", AttributeValue.fromS(padding)))
                        .map(item -> WriteRequest.builder()
                                .putRequest(PutRequest.builder().item(item).build())
                                .build())
                        .toList();
                clients.dynamodb().batchWriteItem(request -> request.requestItems(Map.of("cruddur-messages", batch)));
            }
            try (ItemScan scan = new ItemScan(clients, ScanRequest.whole("cruddur-messages", ItemJson.Form.PLAIN))) {
                long items = 0;
                int pages = 0;
                for (Optional<ItemScan.Page> page = scan.next(); page.isPresent(); page = scan.next()) {
                    items += page.get().count();
                    pages++;
                }
                assertThat(items).isEqualTo(600);
                assertThat(pages).isGreaterThan(1);
                assertThat(scan.end()).isEqualTo(ItemScan.End.WHOLE);
            }
        }
    }
}
