package dev.dynacog.cli.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** As much of DynamoDB, Cognito and STS as the commands need to come to their ends. */
final class StubAws implements AutoCloseable {
    static final String TABLE = "cruddur-messages";

    private static final Pattern TABLE_NAME = Pattern.compile("\"TableName\"\\s*:\\s*\"([^\"]*)\"");
    private static final String PASSWORD = "training";

    private static final String DESCRIPTION = """
            {"TableName": "%s", "TableStatus": "ACTIVE", "ItemCount": 2, "TableSizeBytes": 2048,
             "TableArn": "arn:aws:dynamodb:eu-west-1:000000000000:table/%s", "CreationDateTime": 1.6e9,
             "AttributeDefinitions": [
              {"AttributeName": "message_group_uuid", "AttributeType": "S"},
              {"AttributeName": "pk", "AttributeType": "S"},
              {"AttributeName": "sk", "AttributeType": "S"}],
             "KeySchema": [
              {"AttributeName": "pk", "KeyType": "HASH"},
              {"AttributeName": "sk", "KeyType": "RANGE"}],
             "GlobalSecondaryIndexes": [{
              "IndexName": "message-group-sk-index", "IndexStatus": "ACTIVE", "ItemCount": 2, "IndexSizeBytes": 2048,
              "KeySchema": [
               {"AttributeName": "message_group_uuid", "KeyType": "HASH"},
               {"AttributeName": "sk", "KeyType": "RANGE"}],
              "Projection": {"ProjectionType": "ALL"},
              "ProvisionedThroughput": {
               "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}],
             "ProvisionedThroughput": {
              "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
             "LatestStreamLabel": "2023-03-22T09:01:25.547"}
            """;

    private static final String ITEM = """
            {"pk": {"S": "GRP#5ae290ed"}, "sk": {"S": "2023-03-22T09:01:25.547845+00:00"}, "n": {"N": "%d"},
             "b": {"B": "AQID"}, "t": {"BOOL": true}, "z": {"NULL": true},
             "ss": {"SS": ["a", "b"]}, "ns": {"NS": ["1", "2.5"]}, "bs": {"BS": ["AQID"]},
             "l": {"L": [{"S": "a"}, {"N": "1"}]}, "m": {"M": {"a": {"S": "b"}}}}
            """;

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Set<String> tables = ConcurrentHashMap.newKeySet();

    private StubAws(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static StubAws start() throws IOException {
        return new StubAws(HttpServer.create(anyPort(), 0), "http");
    }

    /** One that speaks TLS, with a certificate that this JVM alone trusts. */
    static StubAws startSecure(Path work) throws IOException, GeneralSecurityException {
        readTrustedByDefault();
        Path store = makeCertificate(work);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new StubAws(server, "https");
    }

    /** Real runs read Java's own list of authorities, which is in another format. */
    private static void readTrustedByDefault() throws GeneralSecurityException {
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                .init((KeyStore) null);
    }

    /** Of the kind that AWS has; Java itself has no public way to make one. */
    private static Path makeCertificate(Path work) throws IOException, GeneralSecurityException {
        Path store = work.resolve("stub.p12");
        Path log = work.resolve("keytool.log");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new GeneralSecurityException(Files.readString(log).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException(e);
        }
        return store;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        // By name, as AWS is called: names are looked at in other places than addresses.
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null) {
            send(exchange, 200, "text/xml", caller());
            return;
        }
        String table = tableOf(request);
        String operation = target.substring(target.indexOf('.') + 1);
        boolean missing = !tables.contains(table);
        String body = switch (operation) {
            case "ListTables" -> "{\"TableNames\": [\"" + String.join("\", \"", tables) + "\"]}";
            case "CreateTable" -> create(table);
            case "DescribeTable", "UpdateTable" -> missing ? absent(table) : described("Table", table);
            case "DeleteTable" -> delete(table);
            case "Scan" -> missing ? absent(table) : page(request);
            case "DescribeContinuousBackups" ->
                "{\"ContinuousBackupsDescription\": {\"ContinuousBackupsStatus\": \"ENABLED\","
                        + " \"PointInTimeRecoveryDescription\": {\"PointInTimeRecoveryStatus\": \"DISABLED\"}}}";
            case "ListBackups" -> "{\"BackupSummaries\": []}";
            case "DescribeUserPool" ->
                "{\"UserPool\": {\"Id\": \"eu-west-1_Training1\", \"Name\": \"training\","
                        + " \"EstimatedNumberOfUsers\": 2}}";
            case "ListUsers" -> users(request);
            default -> "{}";
        };
        send(exchange, body.contains("__type") ? 400 : 200, "application/x-amz-json-1.0", body);
    }

    private static String tableOf(String request) {
        Matcher found = TABLE_NAME.matcher(request);
        return found.find() ? found.group(1) : "";
    }

    private String create(String table) {
        tables.add(table);
        return described("TableDescription", table);
    }

    private String delete(String table) {
        return tables.remove(table) ? described("TableDescription", table) : absent(table);
    }

    private static String described(String field, String table) {
        return "{\"" + field + "\": " + String.format(DESCRIPTION, table, table) + "}";
    }

    private static String absent(String table) {
        return "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                + " \"message\": \"Requested resource not found: Table: " + table + " not found\"}";
    }

    /** Two pages, so that the second one's request is made too. */
    private static String page(String request) {
        boolean first = !request.contains("ExclusiveStartKey");
        String next =
                first ? ", \"LastEvaluatedKey\": {\"pk\": {\"S\": \"GRP#5ae290ed\"}, \"sk\": {\"S\": \"2\"}}" : "";
        return "{\"Count\": 1, \"ScannedCount\": 1, \"Items\": [" + String.format(ITEM, first ? 1 : 2) + "],"
                + " \"ConsumedCapacity\": {\"TableName\": \"" + TABLE + "\", \"CapacityUnits\": 0.5}" + next + "}";
    }

    private static String users(String request) {
        boolean first = !request.contains("PaginationToken");
        return "{\"Users\": [{\"Username\": \"u\", \"Enabled\": true, \"UserStatus\": \"CONFIRMED\","
                + " \"UserCreateDate\": 1.6e9, \"UserLastModifiedDate\": 1.6e9, \"Attributes\": [{\"Name\": \"sub\","
                + " \"Value\": \"e8350cca-d6bf-4451-acdd-0d6f5c3f4a11\"}]}]"
                + (first ? ", \"PaginationToken\": \"1\"" : "") + "}";
    }

    private static String caller() {
        return "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/training</Arn>"
                + "<UserId>TRAINING</UserId><Account>000000000000</Account></GetCallerIdentityResult>"
                + "</GetCallerIdentityResponse>";
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
