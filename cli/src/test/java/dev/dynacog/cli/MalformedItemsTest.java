package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** No item, whatever it is, stops the projector, get-conversation or list-conversations. */
class MalformedItemsTest {
    private static final String ANDREW = "00000000-0000-4000-8000-00000000000a";
    private static final String BAYKO = "00000000-0000-4000-8000-00000000000b";
    private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
    private static final String TOO_LARGE = "0a0a0a0a-0000-4000-8000-000000000001";
    private static final String MORNING = "2026-11-20T09:00:00.000000+00:00";
    private static final String NOON = "2026-11-20T12:00:00.000000+00:00";
    private static final String EVENING = "2026-11-20T18:00:00.000000+00:00";

    @TempDir
    Path state = Path.of("");

    private final DynamoServer dynamo = LocalServers.freshDynamo();
    private final AwsClients clients = StreamCommandsTest.clients(dynamo);
    private Cli cli = Cli.inPipe();

    @BeforeEach
    void aTableOfOurOwn() {
        cli = cli.with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .with("XDG_STATE_HOME", state.toString())
                .with("NO_COLOR", "1");
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    @AfterEach
    void close() {
        clients.close();
        dynamo.close();
    }

    private void put(String partition, String sort, Map<String, AttributeValue> others) {
        Map<String, AttributeValue> item = new HashMap<>(others);
        item.put("pk", text(partition));
        item.put("sk", text(sort));
        clients.dynamodb()
                .putItem(request -> request.tableName("cruddur-messages").item(item));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private void row(String owner, String group, String other) {
        put("GRP#" + owner, MORNING, Map.of("message_group_uuid", text(group), "user_uuid", text(other)));
    }

    /** Where a healthy message stands among all that an app, an import or a person at the console can make. */
    private void everythingThatCanBeWrong() {
        put("MSG#", NOON, Map.of());
        put("MSG#", "no time", Map.of("message", AttributeValue.fromN("5")));
        put("MSG#" + "g".repeat(2044), NOON, Map.of());
        put("MSG#no-uuid", "", "9999-12-31T24:00:00-18:00");
        row(ANDREW, GROUP, BAYKO);
        row(BAYKO, GROUP, ANDREW);
        put("MSG#" + GROUP, "2026-11-20T09:30:00Z", Map.of());
        put("MSG#" + GROUP, "no time either", Map.of("message", text("when?")));
        put(
                "MSG#" + GROUP,
                "2026-11-20T09:31:00Z",
                Map.of(
                        "message", AttributeValue.fromM(Map.of("deep", AttributeValue.fromBool(true))),
                        "user_uuid", AttributeValue.fromN("1"),
                        "user_handle", AttributeValue.fromL(List.of()),
                        "message_uuid", AttributeValue.fromNul(true)));
        put("MSG#" + GROUP, "2026-11-20T09:32:00Z", Map.of("message", text("x".repeat(390_000))));
        put("GRP#" + ANDREW, "no time", Map.of("message_group_uuid", text(GROUP), "user_uuid", text("u".repeat(5000))));
        put("GRP#" + ANDREW, "2026-11-20T08:00:00Z", Map.of());
        put("GRP#", NOON, Map.of("message_group_uuid", text(GROUP)));
        put("X".repeat(2048), NOON, Map.of("message_group_uuid", text(GROUP)));
        put("PAIR#", "pair", Map.of());
        put("PAIR#" + ANDREW + "#" + BAYKO, "pair", Map.of("pair_group_uuid", AttributeValue.fromN("1")));
        // The row would have more than the 400 KB of an item if it showed this message.
        put(
                "GRP#" + ANDREW,
                "2026-11-20T07:00:00.000000+00:00",
                Map.of("message_group_uuid", text(TOO_LARGE), "notes", text("n".repeat(300_000))));
        put("MSG#" + TOO_LARGE, NOON, Map.of("message", text("m".repeat(200_000))));
        put("MSG#" + GROUP, EVENING, Map.of("message", text("good evening"), "user_handle", text("bayko")));
    }

    private void put(String partition, String message, String sort) {
        put(partition, sort, Map.of("message", text(message)));
    }

    private void assertCurrent() {
        Run rows = cli.run("scan", "--filter", "pk = :g", "--value", ":g=GRP#" + BAYKO, "-o", "jsonl");
        assertThat(rows.outLines())
                .singleElement()
                .asString()
                .contains("\"sk\":\"" + EVENING + "\"")
                .contains("\"message\":\"good evening\"");
    }

    @Test
    void oneMalformedKeyKeepsNobodyWaitingAndIsCounted() {
        put("MSG#", NOON, Map.of());
        row(ANDREW, GROUP, BAYKO);
        row(BAYKO, GROUP, ANDREW);
        put("MSG#" + GROUP, EVENING, Map.of("message", text("good evening")));
        Run project = cli.run("stream", "project", "--once");
        assertThat(project.exit()).isZero();
        assertThat(project.out()).contains("\"failed\":0,\"nameless\":1");
        assertThat(project.err()).contains("1 with a key that names no group");
        assertCurrent();
        Run again = cli.run("stream", "project", "--once");
        assertThat(again.err()).contains("Goes on where it was").contains("0 messages");
    }

    @Test
    void theProjectorPassesWhateverItMeetsAndNamesWhatCanNeverSucceed() {
        everythingThatCanBeWrong();
        Run project = cli.run("stream", "project", "--once");
        assertThat(project.err())
                .contains("group " + TOO_LARGE + " can't be projected: ")
                .contains("incomplete: 1 group can't be projected")
                .doesNotContain("unexpected");
        assertThat(project.exit()).isEqualTo(1);
        assertCurrent();
        // It is behind the checkpoint now.
        Run again = cli.run("stream", "project", "--once");
        assertThat(again.err()).contains("Goes on where it was");
        assertThat(again.exit()).isZero();
    }

    @Test
    void aRebuildPassesWhateverItMeetsAndNamesWhatCanNeverSucceed() {
        everythingThatCanBeWrong();
        Run rebuild = cli.run("stream", "project", "--once", "--rebuild");
        assertThat(rebuild.err())
                .contains("group " + TOO_LARGE + " can't be projected: ")
                .contains(" moved, 1 failed.")
                .doesNotContain("unexpected");
        assertThat(rebuild.exit()).isEqualTo(1);
        assertCurrent();
    }

    @Test
    void conversationsAndListsAreShownWhateverStandsInThem() {
        everythingThatCanBeWrong();
        for (Cli way : List.of(cli, cli.atTerminal(80, ""))) {
            for (String all : List.of("--all", "--limit=50")) {
                Run conversation = way.run("get-conversation", GROUP, all);
                assertThat(conversation.exit()).as(conversation.err()).isZero();
                assertThat(conversation.out()).contains("good evening").contains("when?");
                Run list = way.run("list-conversations", ANDREW, all);
                assertThat(list.exit()).as(list.err()).isZero();
            }
            assertThat(way.run("stream", "follow", "--from", "oldest", "--once").exit())
                    .isZero();
        }
    }

    /** It tried for 30 seconds, and said that others were writing there. */
    @Test
    void aPairThatNamesNoGroupEndsSendMessageAtOnceAndIsNamed() throws IOException {
        Path people = Files.writeString(
                state.resolve("people.json"),
                "[{\"uuid\":\"" + ANDREW + "\",\"handle\":\"andrewbrown\"},{\"uuid\":\"" + BAYKO
                        + "\",\"handle\":\"bayko\"}]");
        put("PAIR#" + ANDREW + "#" + BAYKO, "pair", Map.of("pair_group_uuid", AttributeValue.fromN("1")));
        for (String dryRun : List.of("--dry-run", "")) {
            List<String> arguments = new ArrayList<>(List.of(
                    "send-message", "--from", "bayko", "--to", "andrewbrown", "--users", people.toString(), "Hello"));
            if (!dryRun.isEmpty()) {
                arguments.add(dryRun);
            }
            long begun = System.nanoTime();
            Run run = cli.run(arguments.toArray(String[]::new));
            assertThat(run.exit()).describedAs(run.err()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error  the item PAIR#" + ANDREW + "#" + BAYKO
                            + " is malformed: its attribute pair_group_uuid names no group; nothing was written\n");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void anIdThatCanBeNoKeyIsAQuestionThatIsWrong() {
        for (String group : List.of("", "g".repeat(2045), "\ud800")) {
            Run conversation = cli.run("get-conversation", group);
            assertThat(conversation.exit()).as(conversation.err()).isEqualTo(2);
            assertThat(conversation.err()).contains("is not a valid group ID");
        }
    }
}
