package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands on the stream of a real DynamoDB Local. */
class StreamCommandsTest {
    private static final String ANDREW = "00000000-0000-4000-8000-00000000000a";
    private static final String BAYKO = "00000000-0000-4000-8000-00000000000b";
    private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

    @TempDir
    Path state = Path.of("");

    private DynamoServer dynamo = LocalServers.freshDynamo();
    private Cli cli = Cli.inPipe();
    private AwsClients clients = clients(dynamo);

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

    static AwsClients clients(DynamoServer dynamo) {
        Path nowhere = Path.of("/nonexistent");
        return new AwsClients(new SettingsLoader(
                        Map.of("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString()),
                        nowhere,
                        Folders.of(Map.of(), nowhere))
                .load(Flags.none())
                .environment());
    }

    /** As the app writes: an item, and nothing else. */
    private void put(Map<String, String> texts) {
        new Items(clients, "cruddur-messages")
                .transact(
                        List.of(new Write.Put(Item.ofTexts(texts), Condition.NONE)),
                        UUID.randomUUID().toString());
    }

    private void message(String group, String at, String sender, String handle, String text) {
        put(Map.of(
                "pk", "MSG#" + group,
                "sk", at,
                "message_uuid", UUID.randomUUID().toString(),
                "message", text,
                "user_uuid", sender,
                "user_handle", handle,
                "user_display_name", handle));
    }

    private void row(String owner, String at, String group, String other, String handle) {
        put(Map.of(
                "pk", "GRP#" + owner,
                "sk", at,
                "message_group_uuid", group,
                "message", "old",
                "user_uuid", other,
                "user_handle", handle,
                "user_display_name", handle));
    }

    private void conversation() {
        row(ANDREW, "2026-11-20T09:00:00.000000+00:00", GROUP, BAYKO, "bayko");
        row(BAYKO, "2026-11-20T09:00:00.000000+00:00", GROUP, ANDREW, "andrewbrown");
        message(GROUP, "2026-11-20T10:00:00.000000+00:00", BAYKO, "bayko", "good\nmorning");
    }

    private String rows() {
        return cli.run("scan", "--filter", "begins_with(pk, :g)", "--value", ":g=GRP#", "-o", "jsonl")
                .out();
    }

    private Path checkpoint() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("dynacog/streams"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void followShowsEachChangeWithWhoAndWhat() {
        conversation();
        Run follow = cli.atTerminal(80, "").run("stream", "follow", "--from", "oldest", "--once", "--zone", "UTC");
        assertThat(follow.exit()).isZero();
        assertThat(follow.out().replaceAll("\\d\\d:\\d\\d:\\d\\d", "TIME").replaceFirst(".*\n", "DAY\n"))
                .isEqualTo("""
                        DAY
                        TIME  insert  00000000      list: bayko old
                        TIME  insert  bayko         list: andrewbrown old
                        TIME  insert  bayko         good morning  in 5ae290ed
                        """);
        assertThat(follow.err()).contains("stream of cruddur-messages from its oldest change on · local");
    }

    @Test
    void followInAPipeGivesARecordALine() {
        conversation();
        Run follow = cli.run("stream", "follow", "--from", "oldest", "--limit", "3");
        assertThat(follow.exit()).isZero();
        assertThat(follow.outLines()).hasSize(3);
        assertThat(follow.outLines().get(2))
                .startsWith("{\"at\":\"20")
                .contains("\"event\":\"insert\",\"key\":{\"pk\":\"MSG#" + GROUP
                        + "\",\"sk\":\"2026-11-20T10:00:00.000000+00:00\"}")
                .contains("\"message\":\"good\\nmorning\"")
                .contains("\"old\":null,\"expired\":false,\"shard\":\"shardId-");
        assertThat(cli.run("stream", "follow", "--from", "oldest", "--once", "--query", "new.message")
                        .out())
                .isEqualTo("\"old\"\n\"old\"\n\"good\\nmorning\"\n");
    }

    @Test
    void followShowsTablesThatAreNotOurs() throws IOException {
        Path schema = Files.writeString(state.resolve("sessions.json"), """
                {"TableName":"sessions","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}""");
        assertThat(cli.run("schema-load", schema.toString()).exit()).isZero();
        Items sessions = new Items(clients, "sessions");
        for (String user : List.of("ann", "bob\u001b[2J")) {
            sessions.transact(
                    List.of(new Write.Put(Item.ofTexts(Map.of("id", "1", "same", "x", "user", user)), Condition.NONE)),
                    UUID.randomUUID().toString());
        }
        Run follow = cli.atTerminal(80, "").run("stream", "follow", "sessions", "--from", "oldest", "--once");
        assertThat(follow.out().lines().skip(1).map(line -> line.substring(10)))
                .containsExactly("insert  id=1  same=x user=ann", "modify  id=1  user=bob␛[2J");
    }

    @Test
    void aTableWithoutAStreamIsToldWithWhatToDo() throws IOException {
        Path schema = Files.writeString(state.resolve("quiet.json"), """
                {"TableName":"quiet","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""");
        assertThat(cli.run("schema-load", schema.toString()).exit()).isZero();
        Run follow = cli.run("stream", "follow", "quiet");
        assertThat(follow.exit()).isEqualTo(3);
        assertThat(follow.err()).contains("table quiet has no stream").contains("schema-load --stream");
        assertThat(cli.run("stream", "follow", "nothing").exit()).isEqualTo(3);
        assertThat(cli.run("stream", "follow", "--from", "yesterday").exit()).isEqualTo(2);
    }

    /** Defect 20. */
    @Test
    void theListOfConversationsDoesNotGoStaleLocally() {
        conversation();
        Run project = cli.run("stream", "project", "--once");
        assertThat(project.exit()).isZero();
        assertThat(project.out()).contains("\"messages\":1,\"groups\":1,\"moved\":1,\"unchanged\":0");
        assertThat(rows().lines())
                .hasSize(2)
                .allMatch(row -> row.contains("\"sk\":\"2026-11-20T10:00:00.000000+00:00\"")
                        && row.contains("\"message\":\"good\\nmorning\""));
    }

    /** Defect 19. */
    @Test
    void everyRecordOfABatchIsProjectedAndALateOneMovesNothingBack() {
        conversation();
        String other = "0e5b1c22-0000-4000-8000-000000000001";
        row(ANDREW, "2026-11-20T08:00:00.000000+00:00", other, "londo-uuid", "londo");
        message(other, "2026-11-20T11:00:00.000000+00:00", "londo-uuid", "londo", "newest of two");
        message(other, "2026-11-20T10:30:00.000000+00:00", "londo-uuid", "londo", "comes late");
        assertThat(cli.run("stream", "project", "--once").exit()).isZero();
        assertThat(rows().lines()).hasSize(3).noneMatch(row -> row.contains("\"old\"") || row.contains("comes late"));
        assertThat(rows()).contains("newest of two");
    }

    @Test
    void startedAgainItGoesOnWhereItWasAndSaysSo() {
        conversation();
        assertThat(cli.run("stream", "project", "--once").err()).contains("Starts with the oldest change");
        message(GROUP, "2026-11-20T12:00:00.000000+00:00", ANDREW, "andrewbrown", "second");
        Run again = cli.run("stream", "project", "--once");
        assertThat(again.err()).contains("Goes on where it was");
        // Its own moves of rows come by too, and are no messages.
        assertThat(again.out().lines()).hasSize(1);
        assertThat(again.out()).contains("\"messages\":1").contains("\"moved\":1");
        assertThat(cli.run("stream", "project", "--once").out()).isEmpty();
    }

    @Test
    void seeingARecordTwiceChangesNothing() throws IOException {
        conversation();
        cli.run("stream", "project", "--once");
        String once = rows();
        Files.delete(checkpoint());
        Run twice = cli.run("stream", "project", "--once");
        assertThat(twice.out()).contains("\"messages\":1").contains("\"moved\":0,\"unchanged\":1");
        assertThat(rows()).isEqualTo(once);
    }

    @Test
    void anotherStreamsCheckpointIsSaidAndTheRowsAreRebuilt() throws IOException {
        conversation();
        cli.run("stream", "project", "--once");
        Path file = checkpoint();
        String mine = Files.readString(file);
        Files.writeString(
                file, mine.replaceFirst("stream=.*", "stream=arn:aws:dynamodb:ddblocal:0:table/t/stream/1999"));
        message(GROUP, "2026-11-20T12:00:00.000000+00:00", ANDREW, "andrewbrown", "second");
        Run project = cli.run("stream", "project", "--once");
        assertThat(project.exit()).isZero();
        assertThat(project.err())
                .contains("The checkpoint is not usable: it belongs to another stream,"
                        + " arn:aws:dynamodb:ddblocal:0:table/t")
                .contains("Looked at 1 group: 1 moved.");
        assertThat(rows().lines()).hasSize(2).allMatch(row -> row.contains("second"));
        assertThat(cli.run("stream", "project", "--once").err()).contains("Goes on where it was");
    }

    @Test
    void aCheckpointOlderThanTheStreamsMemoryIsSaidAndTheRowsAreRebuilt() throws IOException {
        conversation();
        cli.run("stream", "project", "--once");
        Path file = checkpoint();
        Files.writeString(
                file, Files.readString(file).replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2020-01-01T00:00:00Z"));
        Run dry = cli.run("stream", "project", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.err()).contains("older than the 24 hours").contains("Nothing was written");
        Run project = cli.run("stream", "project", "--once");
        assertThat(project.err()).contains("older than the 24 hours").contains("Looked at 1 group: 0 moved.");
    }

    @Test
    void rebuildReachesMessagesThatTheStreamNeverTold() {
        conversation();
        assertThat(cli.run("stream", "project", "--once", "--rebuild").err()).contains("Looked at 1 group: 1 moved.");
    }

    @Test
    void aFileThatIsNoCheckpointIsNeverOverwritten() throws IOException {
        Path notes = Files.writeString(state.resolve("notes.txt"), "my notes");
        Run project = cli.run("stream", "project", "--once", "--checkpoint", notes.toString());
        assertThat(project.exit()).isEqualTo(2);
        assertThat(project.err()).contains("is not a dynacog checkpoint");
        assertThat(Files.readString(notes)).isEqualTo("my notes");
        Path other = state.resolve("own/where.checkpoint");
        assertThat(cli.run("stream", "project", "--once", "--checkpoint", other.toString())
                        .exit())
                .isZero();
        assertThat(other).isRegularFile();
    }

    @Test
    void aPersonSeesWhatABatchCameTo() {
        conversation();
        Run project = cli.atTerminal(80, "").run("stream", "project", "--once");
        assertThat(project.out().lines().skip(1).map(line -> line.substring(10)))
                .containsExactly("1 message  1 group moved");
        assertThat(project.err()).contains("1 message, 1 group moved · checkpoint");
    }

    @Test
    void productionIsConfirmedByTheTablesName() {
        Cli prod = cli.with("AWS_REGION", "eu-west-1")
                .with("AWS_ENDPOINT_URL_STS", dynamo.endpoint().toString())
                .with("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", dynamo.endpoint().toString());
        conversation();
        Run refused = prod.run("--env", "prod", "stream", "project", "--once");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--confirm cruddur-messages");
        Run dry = prod.run("--env", "prod", "stream", "project", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.err()).contains("rewrites group rows of the table cruddur-messages");
        assertThat(rows()).contains("\"old\"");
        Run confirmed = prod.run("--env", "prod", "stream", "project", "--once", "--confirm", "cruddur-messages");
        assertThat(confirmed.exit()).isZero();
        assertThat(confirmed.err()).contains("account unknown");
        assertThat(rows()).doesNotContain("\"old\"");
    }
}
