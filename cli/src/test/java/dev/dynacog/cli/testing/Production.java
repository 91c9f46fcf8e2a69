package dev.dynacog.cli.testing;

import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that environment prod has, filled and watched: a DynamoDB behind a stub that counts what it is asked, a
 * database whose contents can be compared, a user pool, and a session of an app.
 */
public final class Production implements AutoCloseable {
    public static final String TABLE = "cruddur-messages";
    public static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
    private static final String POOL = "eu-west-1_AbC123DeF";
    /** All others count as writes, also those that there are not yet. */
    private static final Set<String> READS = Set.of(
            "ListTables",
            "DescribeTable",
            "DescribeTimeToLive",
            "DescribeContinuousBackups",
            "ListBackups",
            "GetItem",
            "BatchGetItem",
            "Query",
            "Scan",
            "ListStreams",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords",
            "DescribeUserPool",
            "ListUsers",
            "ListUsersInGroup",
            "GetCallerIdentity");

    private final HttpClient http = HttpClient.newHttpClient();
    private final DynamoServer dynamo = LocalServers.freshDynamo();
    private final StubAws stub = new StubAws(this::answer);
    private final TestDatabase database;
    private final TestDatabase absent;
    private final Connection app;
    private final int appPid;
    private int operationsBefore;

    public Production(LocalServers servers) throws SQLException {
        database = TestDatabase.empty(servers);
        absent = TestDatabase.absent(servers);
        Cli local = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .with("CONNECTION_URL", database.url());
        for (String command : List.of("schema-load", "db schema-load", "db seed", "seed workshop")) {
            Cli.Run run = local.run(command.split(" ", -1));
            if (run.exit() != 0) {
                throw new IllegalStateException(command + ": " + run.err());
            }
        }
        // A message that an app wrote without moving the rows of its group.
        dynamoDb("DynamoDB_20120810.PutItem", """
                {"TableName": "%s", "Item": {"pk": {"S": "MSG#%s"}, "sk": {"S": "2099-01-01T00:00:00.000000+00:00"},
                "message_uuid": {"S": "00000000-0000-4000-8000-000000000001"}, "message": {"S": "new"},
                "message_group_uuid": {"S": "%s"}, "user_uuid": {"S": "00000000-0000-4000-8000-000000000002"},
                "user_handle": {"S": "bayko"}, "user_display_name": {"S": "B"}}}""".formatted(TABLE, GROUP, GROUP));
        app = database.connect("the-app");
        appPid = Integer.parseInt(database.rows("select pid from pg_stat_activity where application_name = 'the-app'"
                        + " and datname = '" + database.name() + "'")
                .get(0));
        watch();
    }

    /** From here on it is counted what AWS is asked. */
    public void watch() {
        operationsBefore = stub.operations().size();
    }

    /**
     * Makes all of this the environment prod of a command line.
     *
     * @param hasDatabase false where the database is to be one that there is not yet
     */
    public Cli reach(Cli cli, boolean hasDatabase) {
        return cli.with(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                stub.endpoint(),
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
                stub.endpoint(),
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
                stub.endpoint(),
                "AWS_ENDPOINT_URL_STS",
                stub.endpoint(),
                "AWS_COGNITO_USER_POOL_ID",
                POOL,
                "PATH",
                System.getenv().getOrDefault("PATH", ""),
                "AWS_REGION",
                "eu-west-1",
                "PROD_CONNECTION_URL",
                hasDatabase ? database.url() : absent.url(),
                "NO_COLOR",
                "1"));
    }

    public String databaseName() {
        return database.name();
    }

    public String absentName() {
        return absent.name();
    }

    /** The process of the app's session. */
    public int appPid() {
        return appPid;
    }

    /** What was asked of AWS. */
    public List<String> operations() {
        return stub.operations().subList(operationsBefore, stub.operations().size());
    }

    /** What was asked of AWS that is no mere question. */
    public List<String> awsWrites() {
        return operations().stream()
                .filter(operation -> !READS.contains(operation) && !operation.equals("null"))
                .toList();
    }

    /** Whatever a write to Postgres could change: which databases and sessions there are, all tables and all rows. */
    public List<String> postgres() {
        List<String> all = new ArrayList<>();
        all.add("absent: " + absent.exists());
        all.add("database: " + database.exists());
        if (!database.exists()) {
            return all;
        }
        all.addAll(database.rows("select 'session ' || pid from pg_stat_activity where pid = " + appPid));
        List<String> tables =
                database.rows("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in"
                        + " ('pg_catalog', 'information_schema') order by 1");
        for (String table : tables) {
            all.addAll(database.rows("select '" + table + "', x.* from " + table + " x order by x::text"));
            all.addAll(database.rows("select attname, atttypid, attnotnull from pg_attribute where attrelid = '" + table
                    + "'::regclass order by attnum"));
        }
        all.addAll(database.rows("select conname from pg_constraint order by 1"));
        return all;
    }

    private Answer answer(String operation, String body, int number) throws IOException {
        return switch (operation) {
            case "DescribeUserPool" ->
                Answer.ok("{\"UserPool\":{\"Id\":\"" + POOL + "\",\"Name\":\"p\",\"EstimatedNumberOfUsers\":4}}");
            case "ListUsers" ->
                Answer.ok(StubCognito.pageOf(
                        List.of(
                                StubCognito.user("a", "CONFIRMED", "\"preferred_username\":\"andrewbrown\"", sub(1)),
                                StubCognito.user("b", "CONFIRMED", "\"preferred_username\":\"bayko\"", sub(2)),
                                StubCognito.user("c", "CONFIRMED", "\"preferred_username\":\"londo\"", sub(3)),
                                StubCognito.user("d", "CONFIRMED", "\"preferred_username\":\"new\"", sub(4))),
                        ""));
            case "null" -> Answer.error(403, "AccessDenied", "no");
            default -> {
                boolean streams = List.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords")
                        .contains(operation);
                yield dynamoDb((streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation, body);
            }
        };
    }

    private static String sub(int number) {
        return StubCognito.sub(number);
    }

    private Answer dynamoDb(String target, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(dynamo.endpoint().toString()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), text, text.getBytes(StandardCharsets.UTF_8).length);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        app.close();
        stub.close();
        dynamo.close();
    }
}
