package dev.dynacog.dynamo.table;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.aws.LoopDetector;
import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tables as wholes: which there are, what they are like, making, changing and deleting them. */
public final class Tables {
    private static final int DESCRIBED_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final AwsClients clients;

    public Tables(AwsClients clients) {
        this.clients = clients;
    }

    /** A table and the region it was found in. */
    public record Found(String region, TableSummary table) {}

    /** What a look into every region brought: the tables, and the regions that this account can't use. */
    public record Everywhere(List<Found> tables, List<String> regionsLeftOut) {}

    /** What goes with a table when it is deleted. Backups are unknown where the service doesn't tell. */
    public record AtStake(TableSummary table, Optional<Boolean> pointInTimeRecovery, Optional<Integer> backups) {}

    /** The names of all tables, in the order of the service. */
    public List<String> names() {
        return names(clients.dynamodb());
    }

    private static List<String> names(DynamoDbClient client) {
        List<String> names = new ArrayList<>();
        LoopDetector loops = new LoopDetector("the list of tables");
        String start = null;
        do {
            String from = start;
            ListTablesResponse page = client.listTables(request -> request.exclusiveStartTableName(from));
            names.addAll(page.tableNames());
            start = page.lastEvaluatedTableName();
            if (start != null) {
                loops.check(start);
            }
        } while (start != null);
        return names;
    }

    /** All tables with what is known of each. One that is deleted meanwhile is left out. */
    public List<TableSummary> summaries() {
        return summaries(clients.dynamodb());
    }

    private static List<TableSummary> summaries(DynamoDbClient client) {
        return concurrently(names(client), name -> summary(client, name)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The tables of every region that the account may use. */
    public Everywhere summariesOfAllRegions() {
        List<Region> regions = DynamoDbClient.serviceMetadata().regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .filter(region -> partition(region).equals(partition(clients.region())))
                .toList();
        return summariesIn(regions);
    }

    /** Those of some regions. */
    public Everywhere summariesOf(List<String> regions) {
        return summariesIn(regions.stream().map(Region::of).toList());
    }

    private Everywhere summariesIn(List<Region> regions) {
        List<Found> tables = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        var answers = concurrently(regions, region -> {
            try {
                return Optional.of(summaries(clients.dynamodb(region)));
            } catch (AwsServiceException e) {
                // A region that the account hasn't opted into refuses its credentials.
                if (FailureTranslator.isAccess(e)) {
                    return Optional.<List<TableSummary>>empty();
                }
                throw e;
            }
        });
        for (int i = 0; i < regions.size(); i++) {
            String id = regions.get(i).id();
            answers.get(i)
                    .ifPresentOrElse(
                            found -> found.forEach(table -> tables.add(new Found(id, table))), () -> leftOut.add(id));
        }
        if (leftOut.size() == regions.size()) {
            throw new DynacogException.Access(
                    "the credentials cannot list tables in any region", "check the credentials: dynacog doctor", null);
        }
        return new Everywhere(tables, leftOut);
    }

    private static String partition(Region region) {
        return region.metadata() == null ? "" : region.metadata().partition().id();
    }

    private interface Work<I, O> {
        O apply(I input);
    }

    private static <I, O> List<O> concurrently(List<I> inputs, Work<I, O> work) {
        if (inputs.size() < 2) {
            return inputs.stream().map(work::apply).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(DESCRIBED_AT_ONCE, inputs.size()));
        try {
            List<Future<O>> futures = new ArrayList<>();
            for (I input : inputs) {
                futures.add(threads.submit(() -> work.apply(input)));
            }
            List<O> results = new ArrayList<>();
            for (Future<O> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted while describing tables", "", e);
        } finally {
            threads.shutdownNow();
        }
    }

    public Optional<TableSummary> summary(String table) {
        return summary(clients.dynamodb(), table);
    }

    private static Optional<TableSummary> summary(DynamoDbClient client, String table) {
        return describe(client, table).map(TableSummary::of);
    }

    public Optional<TableSchema> schema(String table) {
        return describe(clients.dynamodb(), table).map(TableSchema::of);
    }

    private static Optional<TableDescription> describe(DynamoDbClient client, String table) {
        try {
            return Optional.of(
                    client.describeTable(request -> request.tableName(table)).table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /** How an existing table differs from a schema; nothing when there is no such table. */
    public Optional<SchemaChange> compare(TableSchema schema) {
        return describe(clients.dynamodb(), schema.tableName()).map(table -> new SchemaChange(schema, table));
    }

    /** Makes the table. That it is there already is a failure: somebody else was faster. */
    public void create(TableSchema schema) {
        try {
            clients.dynamodb().createTable(schema.toRequest());
        } catch (ResourceInUseException e) {
            throw new DynacogException.Failed(
                    "table " + schema.tableName() + " was created by someone else in the meantime",
                    "run the command again",
                    e);
        }
    }

    /** Waits until the table and each of its indexes can be used. */
    public TableSummary awaitActive(String table, Consumer<String> progress) {
        return await(progress, () -> {
            TableDescription described = describe(clients.dynamodb(), table)
                    .orElseThrow(() -> new DynacogException.Failed(
                            "table " + table + " was deleted while waiting for it", "run the command again"));
            return unfinished(described)
                    .map(Waiting::<TableSummary>on)
                    .orElseGet(() -> Waiting.over(TableSummary.of(described)));
        });
    }

    private static Optional<String> unfinished(TableDescription table) {
        if (table.tableStatus() != TableStatus.ACTIVE) {
            return Optional.of("table " + table.tableName() + " is " + table.tableStatusAsString());
        }
        return table.globalSecondaryIndexes().stream()
                .filter(index -> index.indexStatus() != IndexStatus.ACTIVE)
                .map(Tables::unfinished)
                .findFirst();
    }

    private static String unfinished(GlobalSecondaryIndexDescription index) {
        return "index " + index.indexName() + " is " + index.indexStatusAsString();
    }

    /** Makes the changes that UpdateTable can make, one after the other, each once the table is ready for it. */
    public void apply(String table, SchemaChange change, Consumer<String> progress) {
        for (SchemaChange.Step step : change.steps()) {
            awaitActive(table, progress);
            progress.accept(step.what());
            clients.dynamodb().updateTable(step.request());
        }
        awaitActive(table, progress);
    }

    /** What would be lost with a table. */
    public Optional<AtStake> atStake(String table) {
        return summary(table).map(summary -> new AtStake(summary, recovery(table), backups(table)));
    }

    private Optional<Boolean> recovery(String table) {
        try {
            ContinuousBackupsDescription backups = clients.dynamodb()
                    .describeContinuousBackups(request -> request.tableName(table))
                    .continuousBackupsDescription();
            return Optional.ofNullable(backups.pointInTimeRecoveryDescription())
                    .map(described -> described.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    private Optional<Integer> backups(String table) {
        try {
            Instant since = Instant.now().minus(Duration.ofDays(35));
            return Optional.of(clients.dynamodb()
                    .listBackups(request -> request.tableName(table).timeRangeLowerBound(since))
                    .backupSummaries()
                    .size());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /** Deletes the table and waits until it is gone. */
    public void drop(String table, Consumer<String> progress) {
        try {
            clients.dynamodb().deleteTable(request -> request.tableName(table));
        } catch (ResourceNotFoundException e) {
            throw new DynacogException.NotFound("there is no table " + table, "list the tables: dynacog list-tables");
        } catch (ResourceInUseException e) {
            throw new DynacogException.Failed(
                    "table " + table + " is being created, changed or deleted", "try again in a minute", e);
        } catch (DynamoDbException e) {
            throw protectionOf(table, e);
        }
        await(
                progress,
                () -> describe(clients.dynamodb(), table)
                        .map(described ->
                                Waiting.<Boolean>on("table " + table + " is " + described.tableStatusAsString()))
                        .orElseGet(() -> Waiting.over(true)));
    }

    /** Lifts the protection from deletion, and waits until that holds. */
    public void unprotect(String table, Consumer<String> progress) {
        clients.dynamodb().updateTable(request -> request.tableName(table).deletionProtectionEnabled(false));
        awaitActive(table, progress);
    }

    private RuntimeException protectionOf(String table, DynamoDbException failure) {
        boolean isProtected =
                summary(table).map(TableSummary::deletionProtection).orElse(false);
        return isProtected
                ? new DynacogException.Failed(
                        "table " + table + " has deletion protection",
                        "dynacog drop " + table + " --unprotect turns it off and deletes the table",
                        failure)
                : failure;
    }

    /** The outcome of one look: either it is over, or what is still waited for. */
    private record Waiting<T>(@Nullable T result, String pending) {
        static <T> Waiting<T> on(String what) {
            return new Waiting<>(null, what);
        }

        static <T> Waiting<T> over(T result) {
            return new Waiting<>(result, "");
        }
    }

    private interface Look<T> {
        Waiting<T> look();
    }

    private static <T> T await(Consumer<String> progress, Look<T> look) {
        Instant deadline = Instant.now().plus(PATIENCE);
        long pause = 20;
        while (true) {
            Waiting<T> waiting = look.look();
            T result = waiting.result();
            if (result != null) {
                return result;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new DynacogException.Incomplete(
                        "after " + PATIENCE.toMinutes() + " minutes " + waiting.pending(),
                        "AWS continues in the background; check with: dynacog describe",
                        null);
            }
            progress.accept(waiting.pending());
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DynacogException.Incomplete("interrupted while " + waiting.pending(), "", e);
            }
            pause = Math.min(pause * 2, 2_000);
        }
    }
}
