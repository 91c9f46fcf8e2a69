package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.KillingProxy;
import dev.dynacog.cli.testing.KillingProxy.Moment;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Processes that are killed (SIGKILL) at a random request, which did or did not arrive, and what is in the table after the
 * next run: exactly what would be there if nobody had died. {@code -Ddynacog.kills=50} kills more often.
 */
class KilledRunsTest {
    private static final int KILLS = Integer.getInteger("dynacog.kills", 2);
    private static final String TABLE = "cruddur-messages";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final DynamoServer dynamo = LocalServers.freshDynamo();
    private final KillingProxy proxy = new KillingProxy(dynamo.endpoint());
    private final AwsClients clients = StreamCommandsTest.clients(dynamo);
    private Cli cli = Cli.inPipe();
    private Path people = Path.of("");

    @BeforeEach
    void aTableAndPeople() throws IOException {
        cli = cli.with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .with("XDG_STATE_HOME", folder.resolve("state").toString());
        assertThat(cli.run("schema-load").exit()).isZero();
        people = Files.writeString(
                folder.resolve("people.json"),
                IntStream.rangeClosed(0, 2 * KILLS + 3)
                        .mapToObj(number -> "{\"uuid\": \"" + uuid(number) + "\", \"handle\": \"p" + number + "\"}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @AfterEach
    void close() {
        clients.close();
        proxy.close();
        dynamo.close();
    }

    private static String uuid(int person) {
        return String.format("00000000-0000-4000-8000-%012d", person);
    }

    /** Runs the tool as a process of its own, until that moment. */
    private int mortal(Moment moment, String... args) throws IOException, InterruptedException {
        proxy.expect(moment);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dynacog.cli.Dynacog"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().clear();
        builder.environment().putAll(cli.variables());
        builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", proxy.endpoint());
        Process process = builder.start();
        proxy.watch(process);
        int exit = process.waitFor();
        if (moment.equals(Moment.NEVER)) {
            assertThat(exit).as(Files.readString(folder.resolve("out"))).isZero();
        }
        return proxy.requests();
    }

    private interface Life {
        /** One run that may be killed, the next one that isn't, and a look at what came of it. */
        void live(int number, Moment moment) throws IOException, InterruptedException;
    }

    /** Lives once to learn how many requests there are, and then dies at some of them. */
    private void kill(Life life) throws IOException, InterruptedException {
        life.live(0, Moment.NEVER);
        int requests = proxy.requests();
        assertThat(requests).isGreaterThan(3);
        for (int seed = 1; seed <= KILLS; seed++) {
            Random random = new Random(seed);
            Moment moment = new Moment(1 + random.nextInt(requests), random.nextBoolean());
            try {
                life.live(seed, moment);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + " of " + KILLS + ", killed at " + moment, e);
            }
        }
    }

    private Path fixture(String name, int one, int other, int lines) throws IOException {
        StringBuilder text = new StringBuilder(
                "id: " + name + "\npeople: p" + one + ", p" + other + "\nstarts: now - 1h\nevery: 1s\n");
        for (int line = 0; line < lines; line++) {
            text.append(line % 3 == 0 ? "p" + one : "p" + other)
                    .append(": line ")
                    .append(line)
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name + ".conversation"), text);
    }

    private Run seed(Path fixture, Instant now) {
        Run run = cli.run("seed", fixture.toString(), "--users", people.toString(), "--now", now.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private List<Map<String, AttributeValue>> all() {
        return clients.dynamodb().scanPaginator(request -> request.tableName(TABLE)).items().stream()
                .toList();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return item.getOrDefault(name, AttributeValue.fromS("")).s();
    }

    private static List<Map<String, AttributeValue>> of(List<Map<String, AttributeValue>> items, String partition) {
        return items.stream()
                .filter(item -> text(item, "pk").equals(partition))
                .sorted(Comparator.comparing(item -> text(item, "sk")))
                .toList();
    }

    /** Every line once, a second apart; both lists with the last one; the pair; and nothing else. */
    private void assertExact(int one, int other, int lines) {
        List<Map<String, AttributeValue>> items = all();
        List<Map<String, AttributeValue>> rows = of(items, "GRP#" + uuid(one));
        assertThat(rows).hasSize(1);
        String group = text(rows.get(0), "message_group_uuid");
        List<Map<String, AttributeValue>> messages = of(items, "MSG#" + group);
        assertThat(messages)
                .extracting(item -> text(item, "message"))
                .containsExactlyElementsOf(IntStream.range(0, lines)
                        .mapToObj(line -> "line " + line)
                        .toList());
        Instant begins = OffsetDateTime.parse(text(messages.get(0), "sk")).toInstant();
        for (int line = 0; line < lines; line++) {
            assertThat(OffsetDateTime.parse(text(messages.get(line), "sk")).toInstant())
                    .isEqualTo(begins.plusSeconds(line));
        }
        assertThat(messages).extracting(item -> text(item, "message_uuid")).doesNotHaveDuplicates();
        for (int person : List.of(one, other)) {
            assertThat(of(items, "GRP#" + uuid(person))).singleElement().satisfies(row -> {
                assertThat(text(row, "message")).isEqualTo("line " + (lines - 1));
                assertThat(text(row, "sk")).isEqualTo(text(messages.get(lines - 1), "sk"));
            });
        }
        assertThat(of(items, "PAIR#" + uuid(one) + "#" + uuid(other)))
                .singleElement()
                .satisfies(pair -> assertThat(text(pair, "pair_group_uuid")).isEqualTo(group));
    }

    @Test
    void aRestartThatIsKilledIsExactAfterTheNextRun() throws IOException, InterruptedException {
        int lines = 300;
        Path fixture = fixture("restarted", 0, 1, lines);
        seed(fixture, NOON);
        kill((number, moment) -> {
            Instant now = NOON.plus(Duration.ofDays(number + 1));
            mortal(
                    moment,
                    "seed",
                    fixture.toString(),
                    "--users",
                    people.toString(),
                    "--restart",
                    "--now",
                    now.toString());
            seed(fixture, now.plus(Duration.ofHours(1)));
            assertExact(0, 1, lines);
            assertThat(all()).hasSize(lines + 3);
            assertThat(seed(fixture, now.plus(Duration.ofHours(2))).err()).contains("nothing changed");
        });
    }

    @Test
    void aLongFixtureThatIsKilledIsExactAfterTheNextRun() throws IOException, InterruptedException {
        int lines = 1200;
        kill((number, moment) -> {
            Path fixture = fixture("long" + number, 2 * number, 2 * number + 1, lines);
            mortal(moment, "seed", fixture.toString(), "--users", people.toString(), "--now", NOON.toString());
            seed(fixture, NOON.plus(Duration.ofHours(1)));
            assertExact(2 * number, 2 * number + 1, lines);
            assertThat(seed(fixture, NOON.plus(Duration.ofHours(2))).err()).contains("nothing changed");
        });
    }

    @Test
    void aProjectorThatIsKilledIsExactAfterTheNextRun() throws IOException, InterruptedException {
        int groups = 8;
        for (int group = 0; group < groups; group++) {
            row(uuid(0), group, uuid(1));
            row(uuid(1), group, uuid(0));
        }
        kill((number, moment) -> {
            Map<Integer, String> newest = new HashMap<>();
            Random random = new Random(number);
            for (int i = 0; i < 20; i++) {
                int group = random.nextInt(groups);
                Instant at = NOON.plus(Duration.ofDays(number)).plusSeconds(i);
                put(Map.of(
                        "pk",
                        "MSG#group" + group,
                        "sk",
                        at.toString(),
                        "message",
                        "message " + i + " of " + number,
                        "message_uuid",
                        UUID.randomUUID().toString()));
                newest.put(group, "message " + i + " of " + number);
            }
            mortal(moment, "stream", "project", "--once");
            Run next = cli.run("stream", "project", "--once");
            assertThat(next.exit()).as(next.err()).isZero();
            List<Map<String, AttributeValue>> items = all();
            for (int person : List.of(0, 1)) {
                List<Map<String, AttributeValue>> rows = of(items, "GRP#" + uuid(person));
                assertThat(rows)
                        .extracting(row -> text(row, "message_group_uuid"))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, groups)
                                .mapToObj(group -> "group" + group)
                                .toList());
                newest.forEach((group, message) -> assertThat(rows)
                        .filteredOn(row -> text(row, "message_group_uuid").equals("group" + group))
                        .extracting(row -> text(row, "message"))
                        .containsExactly(message));
            }
        });
    }

    private void row(String owner, int group, String other) {
        put(Map.of(
                "pk",
                "GRP#" + owner,
                "sk",
                String.format("2025-01-01T00:00:%02d.000000+00:00", group),
                "message_group_uuid",
                "group" + group,
                "message",
                "old",
                "user_uuid",
                other));
    }

    private void put(Map<String, String> texts) {
        Map<String, AttributeValue> item = new HashMap<>();
        texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        clients.dynamodb().putItem(request -> request.tableName(TABLE).item(item));
    }
}
