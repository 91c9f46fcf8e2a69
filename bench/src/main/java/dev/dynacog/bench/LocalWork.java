package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The same work against the real local servers, whose own speed is most of what is seen. */
final class LocalWork implements Section {
    /**
     * The message table without its stream: once a table that has one was dropped, DynamoDB Local takes several times as
     * long for each write.
     */
    private static final String SCHEMA = """
            {"TableName": "bench-messages",
             "AttributeDefinitions": [
              {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
              {"AttributeName": "message_group_uuid", "AttributeType": "S"}],
             "KeySchema": [
              {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
             "GlobalSecondaryIndexes": [{"IndexName": "message-group-sk-index",
              "KeySchema": [
               {"AttributeName": "message_group_uuid", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
              "Projection": {"ProjectionType": "ALL"},
              "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}],
             "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}
            """;

    private static final String TABLE = "bench-messages";
    private static final Contest.Goal SYNC = new Contest.Goal(10, 10);

    private final Grounds grounds;
    private final Consumer<String> progress;

    LocalWork(Grounds grounds, Consumer<String> progress) {
        this.grounds = grounds;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public void measure(Results results) throws IOException {
        Scoreboard board = new Scoreboard("work", "per second");
        Scale scale = grounds.scale();
        try (StubAws stub = StubAws.start()) {
            try (LocalStack stack = LocalStack.start(grounds, scale.syncedUsers(), LocalStack.Data.IN_MEMORY)) {
                run(seed(stack), scale.localItems(), board);
                run(scan(stack), scale.localItems(), board);
                run(listUsers(stack), scale.syncedUsers(), board);
            }
            try (LocalStack stack = LocalStack.start(grounds, scale.syncedUsers(), LocalStack.Data.ON_DISK)) {
                String pool = StubAws.pool(scale.syncedUsers());
                Map<String, String> fromStub = new HashMap<>(stack.variables());
                fromStub.putAll(stub.variables(pool));
                UserRows rows = UserRows.today(grounds.folder(), scale.syncedUsers());
                UserRows oldRows = UserRows.asOfOld(grounds.folder(), scale.syncedUsers());
                run(sync(stack, stack.variables(), rows, "local pool"), scale.syncedUsers(), board);
                run(sync(stack, fromStub, rows, "stub's pool"), scale.syncedUsers(), board);
                run(sync(stack, fromStub, oldRows, "stub's pool, old schema"), scale.syncedUsers(), board);
            }
        }
        results.section("Work against the local servers");
        results.say("""
                As above, against DynamoDB Local, the Cognito endpoint and Postgres of `dynacog local up`; for the id sync
                with data on disk, where a commit waits for the disk, else in memory. The id sync's rival is the old
                script's way: an UPDATE and a commit for each user, on one connection. The rows are made anew before each
                run. In today's schema an index finds the handle; the old one has none, and both programs do without. dynacog spares the quota of
                an account of AWS; a local pool has none.""");
        results.table(board.table());
    }

    private void run(Contest contest, int amount, Scoreboard board) throws IOException {
        board.add(contest.run(grounds.race(), grounds.scale().workRounds(), progress), new Yardstick.Rate(amount));
    }

    private Contest seed(LocalStack stack) throws IOException {
        String messages = String.valueOf(grounds.scale().localItems());
        Map<String, String> variables = new HashMap<>(stack.variables());
        variables.put("DDB_MESSAGE_TABLE", TABLE);
        Path schema = Files.writeString(grounds.folder().resolve("schema.json"), SCHEMA);
        stack.dynacog("schema-load", schema.toString());
        Essence written = output -> stack.dynacog(
                "scan",
                TABLE,
                "--count",
                "--filter",
                "begins_with(pk, :message)",
                "--value",
                ":message=MSG#",
                "--query",
                "count");
        return Contest.of("`seed`, %,d messages".formatted(grounds.scale().localItems()))
                .dynacog(grounds, variables, written, "seed", "--groups", "1", "--messages", messages)
                .against(grounds.rivals().boto3(variables, written, "seed.py", TABLE, messages))
                .after(() -> {
                    stack.dynacog("drop", TABLE);
                    stack.dynacog("schema-load", schema.toString());
                })
                .build();
    }

    /** Of what the last seed left. */
    private Contest scan(LocalStack stack) {
        return Contest.of("`scan`, %,d items".formatted(grounds.scale().localItems()))
                .dynacog(grounds, stack.variables(), Essence.records(), "scan", TABLE)
                .against(grounds.rivals().boto3(stack.variables(), Essence.records(), "scan.py", TABLE))
                .build();
    }

    private Contest listUsers(LocalStack stack) {
        Essence users = Essence.count("\"username\":");
        return Contest.of("`cognito list-users`, %,d users"
                        .formatted(grounds.scale().syncedUsers()))
                .dynacog(grounds, stack.variables(), users, "cognito", "list-users")
                .against(grounds.rivals().boto3(stack.variables(), users, "list_users.py", stack.pool()))
                .build();
    }

    private Contest sync(LocalStack stack, Map<String, String> variables, UserRows rows, String whose) {
        String pool = variables.getOrDefault("AWS_COGNITO_USER_POOL_ID", stack.pool());
        // Nothing is left to write: that is what both have to come to.
        Essence synced = output -> grounds.installation()
                .run(grounds.firstJdk(), variables, "update-cognito-user-ids", "--check", "--query", "users");
        return Contest.of("id sync, %,d users (%s)".formatted(grounds.scale().syncedUsers(), whose))
                .dynacog(grounds, variables, synced, "update-cognito-user-ids")
                .against(grounds.rivals().psycopg(variables, synced, "sync_ids.py", pool, stack.postgres()), SYNC)
                .after(() -> rows.into(stack))
                .build();
    }
}
