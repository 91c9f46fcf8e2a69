package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class ScanTest {
    private static final int ITEMS = 10_000;
    private static final String DIGITS = "12345678901234567890123456789012345678";

    private static DynamoServer dynamo = LocalServers.freshDynamo();
    private static Cli cli = Cli.inPipe();

    @BeforeAll
    static void fill() {
        cli = Cli.inPipe().with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
        try (DynamoDbClient client = client(dynamo.endpoint())) {
            create(client, "many");
            create(client, "types");
            create(client, "changing");
            String padding = "x".repeat(400);
            for (int start = 0; start < ITEMS; start += 25) {
                List<WriteRequest> batch = IntStream.range(start, start + 25)
                        .mapToObj(i -> put(
                                Map.of("id", s("item-" + i), "n", AttributeValue.fromN(DIGITS), "padding", s(padding))))
                        .toList();
                client.batchWriteItem(request -> request.requestItems(Map.of("many", batch)));
            }
            client.putItem(request -> request.tableName("types").item(everyType()));
        }
    }

    @AfterAll
    static void close() {
        dynamo.close();
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static void create(DynamoDbClient client, String table) {
        client.createTable(request -> request.tableName(table)
                .keySchema(List.of(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()))
                .attributeDefinitions(List.of(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()))
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(5L)));
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build();
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static Map<String, AttributeValue> everyType() {
        AttributeValue deep = s("bottom");
        for (int level = 0; level < 30; level++) {
            deep = AttributeValue.fromL(List.of(deep));
        }
        return Map.ofEntries(
                Map.entry("id", s("all")),
                Map.entry("text", s("it's \"quoted\" \u001b[31m\u009b and \u202eturned 😀 é")),
                Map.entry("empty", s("")),
                Map.entry("number", AttributeValue.fromN("-" + DIGITS)),
                Map.entry("small", AttributeValue.fromN("0.00000000000000000000000000000000000000000001")),
                Map.entry("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, (byte) 255, 10}))),
                Map.entry("flag", AttributeValue.fromBool(true)),
                Map.entry("nothing", AttributeValue.fromNul(true)),
                Map.entry("texts", AttributeValue.fromSs(List.of("a"))),
                Map.entry("numbers", AttributeValue.fromNs(List.of(DIGITS))),
                Map.entry("binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("b")))),
                Map.entry("map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromN("1")))),
                Map.entry("deep", deep));
    }

    /** Defect 6. */
    @Test
    void aScanNeverStopsAtTheFirstPage() {
        Run scan = cli.run("scan", "many");
        assertThat(scan.exit()).isZero();
        assertThat(scan.outLines()).hasSize(ITEMS).allMatch(line -> line.contains("\"n\":" + DIGITS + ","));
        assertThat(new HashSet<>(scan.outLines())).hasSize(ITEMS);
        assertThat(scan.err()).contains("10,000 items").contains("RCU");
    }

    @Test
    void eightSegmentsReadTheSameItemsAsOne() {
        assertThat(new HashSet<>(cli.run("scan", "many", "--segments", "8").outLines()))
                .isEqualTo(new HashSet<>(cli.run("scan", "many").outLines()));
    }

    @Test
    void theLimitIsExactAndWhatIsLeftOutIsSaid() {
        for (String segments : List.of("1", "4")) {
            Run scan = cli.run("scan", "many", "--limit", "37", "--segments", segments);
            assertThat(scan.outLines()).hasSize(37);
            assertThat(scan.err()).contains("37 items, and there are more (--limit)");
        }
        assertThat(cli.run("scan", "types", "--limit", "1").err()).doesNotContain("more");
    }

    @Test
    void countReadsEveryPageAndPrintsOneRecord() {
        assertThat(cli.run("scan", "many", "--count").out()).isEqualTo("{\"count\":10000,\"scanned\":10000}\n");
    }

    @Test
    void filterValuesAreTextsOrTyped() {
        Run byText = cli.run("scan", "many", "--filter", "id = :i", "--value", ":i=item-77", "--projection", "id");
        assertThat(byText.out()).isEqualTo("{\"id\":\"item-77\"}\n");
        assertThat(byText.err()).contains("1 item of 10,000 read");
        Run byNumber = cli.run(
                "scan",
                "types",
                "--filter",
                "#m.#i = :n",
                "--name",
                "#m=map",
                "--name",
                "#i=inner",
                "--value",
                ":n={\"N\":\"1\"}",
                "--projection",
                "id");
        assertThat(byNumber.out()).isEqualTo("{\"id\":\"all\"}\n");
        Run wrong = cli.run("scan", "types", "--filter", "id = :i", "--value", ":i={\"X\":\"1\"}");
        assertThat(wrong.exit()).isEqualTo(2);
    }

    @Test
    void aReservedWordIsToldWithTheNameToAdd() {
        Run run = cli.run("scan", "types", "--filter", "status = :s", "--value", ":s=x");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("'status' is a reserved word in DynamoDB")
                .contains("hint   write #s in its place, and add --name '#s=status'");
        Run taken =
                cli.run("scan", "types", "--filter", "#s = :s and status = :s", "--value", ":s=x", "--name", "#s=id");
        assertThat(taken.err()).contains("--name '#status=status'");
        Run followed = cli.run("scan", "types", "--filter", "#s = :s", "--value", ":s=x", "--name", "#s=status");
        assertThat(followed.exit()).isZero();
    }

    @Test
    void aNumberThatWasComparedAsTextIsSaid() {
        Run text = cli.run("scan", "types", "--filter", "small < :n", "--value", ":n=3");
        assertThat(text.exit()).isZero();
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains(":n was compared as text; for a number: --value ':n={\"N\":\"3\"}'");
        Run number =
                cli.run("scan", "types", "--filter", "small < :n", "--value", ":n={\"N\":\"3\"}", "--projection", "id");
        assertThat(number.out()).isEqualTo("{\"id\":\"all\"}\n");
        assertThat(number.err()).doesNotContain("compared as text");
        assertThat(cli.run("scan", "types", "--filter", "id = :i", "--value", ":i=item-3")
                        .err())
                .doesNotContain("compared as text");
    }

    @Test
    void everyTypeSurvivesToTheDigit() {
        String plain = cli.run("scan", "types").out();
        assertThat(plain)
                .contains("\"number\":-" + DIGITS)
                .contains("\"binary\":\"AP8K\"")
                .contains("\"empty\":\"\"")
                .contains("\"nothing\":null")
                .contains("\"numbers\":[" + DIGITS + "]")
                .contains("[".repeat(30) + "\"bottom\"");
        String typed = cli.run("scan", "types", "--typed").out();
        assertThat(typed)
                .contains("\"number\":{\"N\":\"-" + DIGITS + "\"}")
                .contains("\"texts\":{\"SS\":[\"a\"]}")
                .contains("\"binaries\":{\"BS\":[\"Yg==\"]}")
                .contains("\"nothing\":{\"NULL\":true}");
    }

    @Test
    void controlCharactersNeverReachATerminalRaw() {
        for (String format : List.of("table", "json", "jsonl", "csv")) {
            String out = cli.with("NO_COLOR", "1")
                    .atTerminal(2000, "")
                    .run("scan", "types", "-o", format)
                    .out();
            assertThat(out).contains("quoted").doesNotContain("\u001b", "\u009b", "\u202e");
        }
    }

    @Test
    void columnsComeFromTheItemsKeysFirstAndFitTheTerminal() {
        Run table = cli.with("NO_COLOR", "1").atTerminal(60, "").run("scan", "many", "--limit", "3");
        assertThat(table.outLines()).hasSize(4).allMatch(line -> line.length() <= 60);
        assertThat(table.outLines().get(0)).startsWith("id");
        assertThat(table.outLines().get(1)).contains("…");
    }

    @Test
    void aGuardedEnvironmentIsScannedOnlyWhenThatIsAllowed() {
        Cli prod = cli.with("AWS_REGION", "us-east-1");
        Run refused = prod.run("--env", "prod", "scan", "many");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--allow-scan");
        assertThat(refused.out()).isEmpty();
        Run allowed = prod.run("--env", "prod", "scan", "many", "--allow-scan");
        assertThat(allowed.exit()).isZero();
        assertThat(allowed.outLines()).hasSize(ITEMS);
        assertThat(allowed.err()).contains("scan reads many: ").contains("RCU, under $0.0001 (on-demand price");
    }

    @Test
    void maxRcuEndsAScanAndSaysThatItIsIncomplete() {
        Run cut = cli.run("scan", "many", "--max-rcu", "100");
        assertThat(cut.exit()).isEqualTo(1);
        assertThat(cut.err()).contains("incomplete").contains("--max-rcu");
        assertThat(cut.outLines().size()).isBetween(1, ITEMS - 1);
        assertThat(cli.run("scan", "many", "--max-rcu", "100000").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"20, 1", "20, 4", "200, 1", "200, 4"})
    void maxRcuIsNeverPassedByMoreThanOneItem(double budget, int segments) {
        Run cut = cli.run("scan", "many", "--max-rcu", "" + budget, "--segments", "" + segments);
        assertThat(cut.exit()).isEqualTo(1);
        assertThat(consumed(cut)).isBetween(budget, budget + 0.5);
    }

    @Test
    void theRateSlowsASinglePageToo() {
        long begin = System.nanoTime();
        Run all = cli.run("scan", "many", "--limit", "400", "--rate", "40", "--segments", "2");
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(all.exit()).isZero();
        assertThat(consumed(all)).isBetween(20.0, 40 * seconds + 1);
    }

    private static double consumed(Run scan) {
        Matcher units = Pattern.compile("· ([0-9.,]+) RCU").matcher(scan.err());
        assertThat(units.find()).as(scan.err()).isTrue();
        return Double.parseDouble(units.group(1).replace(",", ""));
    }

    @Test
    void csvAndTablesKeepWhatLaterItemsAddInOneLastColumn() {
        try (DynamoDbClient client = client(dynamo.endpoint())) {
            List<WriteRequest> batch = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                batch.add(put(Map.of("id", s("a" + i), "big", s("y".repeat(300_000)))));
            }
            batch.forEach(
                    one -> client.batchWriteItem(request -> request.requestItems(Map.of("changing", List.of(one)))));
            for (int i = 0; i < 10; i++) {
                String name = "only" + i;
                client.putItem(request ->
                        request.tableName("changing").item(Map.of("id", s(name), name, s("z".repeat(300_000)))));
            }
        }
        List<String> lines = cli.run("scan", "changing", "-o", "csv").outLines();
        String heading = lines.get(0);
        assertThat(heading).startsWith("id,").endsWith(",…");
        long columns = heading.chars().filter(unit -> unit == ',').count();
        assertThat(lines).hasSize(21);
        assertThat(lines.stream().filter(line -> line.contains("{\"\"only"))).isNotEmpty();
        assertThat(columns).isLessThan(13);
    }

    @Test
    void csvIsSafeForASpreadsheetWhenThatIsAskedFor() {
        try (DynamoDbClient client = client(dynamo.endpoint())) {
            create(client, "formulas");
            for (String text : List.of("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "plain", "'quoted")) {
                client.putItem(request ->
                        request.tableName("formulas").item(Map.of("id", s(text), "=name", AttributeValue.fromN("-5"))));
            }
        }
        Run usual = cli.run("scan", "formulas", "-o", "csv");
        assertThat(usual.outLines()).contains("id,=name,…", "=1+1,-5,", "-1,-5,", "'quoted,-5,");
        Run safe = cli.run("scan", "formulas", "-o", "csv", "--csv-safe");
        assertThat(safe.out())
                .contains("id,\"'=name\",…\n", "\n\"'=1+1\",-5,\n", "\n\"'+1\",-5,", "\n\"'-1\",-5,", "\n\"'@a\",-5,")
                .contains("\n\"'\t=1\",-5,", "\n\"'\r=1\",-5,", "\nplain,-5,");
        assertThat(cli.run("scan", "formulas", "-o", "jsonl", "--csv-safe").exit())
                .isEqualTo(2);
    }

    @Test
    void whatWouldNotBeSeenIsAnEscapeInJsonAndLosesNothing() {
        String hidden = "a\u200bb \u2066c\u2069 \udb40\udc41 👨‍👩‍👧";
        try (DynamoDbClient client = client(dynamo.endpoint())) {
            create(client, "hidden");
            client.putItem(
                    request -> request.tableName("hidden").item(Map.of("id", s(hidden), "n\u200b", s("\"\\\u0001"))));
        }
        assertThat(cli.run("scan", "hidden").out())
                .isEqualTo(
                        "{\"id\":\"a\\u200bb \\u2066c\\u2069 \\udb40\\udc41 👨‍👩‍👧\",\"n\\u200b\":\"\\\"\\\\\\u0001\"}\n");
    }

    @Test
    void queryAppliesToEachRecord() {
        assertThat(cli.run("scan", "types", "--query", "{it: id, deepest: number}")
                        .out())
                .isEqualTo("{\"it\":\"all\",\"deepest\":-" + DIGITS + "}\n");
        Run wrong = cli.run("scan", "types", "--query", "[[");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("is not JMESPath");
    }
}
