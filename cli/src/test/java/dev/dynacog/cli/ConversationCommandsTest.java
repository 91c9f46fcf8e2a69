package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeding, reading and sending, with people from a Postgres whose schema is the app's own, without any constraint. */
@ExtendWith(LocalServers.Extension.class)
class ConversationCommandsTest {
    private static final String SEEDED = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
    private static final String TABLE = "cruddur-messages";

    private final DynamoServer dynamo = LocalServers.freshDynamo();
    private final TestDatabase database;
    private Cli cli = Cli.inPipe();
    private Path folder = Path.of("");

    ConversationCommandsTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
        database.execute("create extension \"uuid-ossp\"; create table public.users ("
                + "uuid uuid default uuid_generate_v4() primary key, display_name text not null, handle text not null,"
                + " email text not null, cognito_user_id text not null, created_at timestamp default now())");
        for (String handle : new String[] {"andrewbrown", "bayko", "londo"}) {
            database.execute("insert into public.users (display_name, handle, email, cognito_user_id) values ('Name of "
                    + handle + "', '" + handle + "', 'x@example.com', 'MOCK')");
        }
    }

    @BeforeEach
    void aMessageTable(@TempDir Path temporary) {
        folder = temporary;
        cli = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .with("CONNECTION_URL", database.url())
                .with("NO_COLOR", "1");
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    private String count() {
        return cli.run("scan", "--count", "--query", "count").out().strip();
    }

    @Test
    void getConversationAndListConversationsShowWhatSeedWrote() {
        Run seed = cli.run("seed");
        assertThat(seed.err()).contains("130 messages written to cruddur-messages");
        assertThat(seed.exit()).isZero();
        Run conversation = cli.run("get-conversation");
        assertThat(conversation.exit()).isZero();
        assertThat(conversation.outLines()).hasSize(20);
        assertThat(conversation.outLines().get(19))
                .contains("\"display_name\":\"Name of bayko\",\"handle\":\"bayko\",\"message\":\"With tea.")
                .contains("\"message_group_uuid\":\"" + SEEDED + "\"");
        assertThat(conversation.err()).contains("84 older: --all").contains("RCU");
        Run list = cli.run("list-conversations");
        assertThat(list.outLines()).hasSize(2);
        assertThat(list.err()).contains("2 conversations of andrewbrown · 0.5 RCU");
        assertThat(cli.run("get-conversation", "--all").outLines()).hasSize(104);
    }

    @Test
    void seedTwiceIsSeedOnce() {
        cli.run("seed", "--now", "2026-01-01T00:00:00Z");
        String items = cli.run("scan", "-o", "json").out();
        Run again = cli.run("seed");
        assertThat(again.err()).contains("nothing changed");
        assertThat(again.out()).contains("\"fixture\":\"workshop\"").contains("\"new\":0,\"changed\":0,\"same\":104");
        assertThat(cli.run("scan", "-o", "json").out()).isEqualTo(items);
    }

    @Test
    void dryRunShowsThePlanAndWritesNothing() {
        Run plan = cli.atTerminal(80, "").run("seed", "--dry-run");
        assertThat(plan.out()).isEqualTo("""
                        FIXTURE                  MESSAGES  PEOPLE              CHANGES
                        workshop.conversation         104  andrewbrown, bayko  104 new
                        lantern.conversation           14  andrewbrown, londo  14 new
                        edge-cases.conversation        12  bayko, londo        12 new
                        """);
        assertThat(plan.err()).contains("130 items would be written. Nothing was (--dry-run).");
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void missingSeedPeopleAreAllNamedAndNothingIsWritten() {
        database.execute("delete from public.users where handle = 'bayko';"
                + " update public.users set handle = 'Londo' where handle = 'londo'");
        Run seed = cli.run("seed");
        assertThat(seed.exit()).isEqualTo(3);
        assertThat(seed.err())
                .contains("bayko, londo (there is Londo, which differs in case)")
                .doesNotContain("password@");
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void aMistypedHandleIsGuessed() throws Exception {
        assertThat(cli.run("list-conversations", "bayco").err()).contains("bayco (did you mean bayko?)");
        assertThat(cli.run("get-conversation", "--between", "andrewbrwn", "nobody")
                        .err())
                .contains("andrewbrwn (did you mean andrewbrown?), nobody\n");
        Path users = folder.resolve("users.json");
        Files.writeString(users, "[{\"uuid\": \"1\", \"handle\": \"worf\"}]");
        assertThat(cli.run("list-conversations", "wrf", "--users", users.toString())
                        .err())
                .contains("wrf (did you mean worf?)");
    }

    @Test
    void aHandleThatIsThereTwiceIsRefused() {
        database.execute("insert into public.users (display_name, handle, email, cognito_user_id)"
                + " values ('Other', 'bayko', 'x', 'MOCK')");
        assertThat(cli.run("seed").err()).contains("bayko (there 2 times: ");
    }

    @Test
    void seedTakesPeopleFromItsOwnEnvironmentAndAsksBeforeItWritesToProduction() {
        Cli prod = cli.with("AWS_REGION", "eu-west-1")
                .with("AWS_ENDPOINT_URL_STS", dynamo.endpoint().toString())
                .with("AWS_ACCESS_KEY_ID", "x")
                .with("AWS_SECRET_ACCESS_KEY", "y");
        Run unconfirmed = prod.run("--env", "prod", "seed");
        assertThat(unconfirmed.exit()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("--confirm " + TABLE);
        // The local database is set, and is not taken for the one of production, which is not.
        Run withoutDatabase = prod.run("--env", "prod", "seed", "--confirm", TABLE);
        assertThat(withoutDatabase.exit()).isEqualTo(2);
        assertThat(withoutDatabase.err()).contains("no Postgres is configured for environment prod");
        assertThat(prod.run("--env", "prod", "send-message", "--from", "bayko", "--to", "londo", "hi")
                        .exit())
                .isEqualTo(2);
        assertThat(count()).isEqualTo("0");
        Run confirmed =
                prod.with("PROD_CONNECTION_URL", database.url()).run("--env", "prod", "seed", "--confirm", TABLE);
        assertThat(confirmed.err()).contains("seed writes workshop: 104 messages");
        assertThat(confirmed.exit()).isZero();
        assertThat(count()).isEqualTo("139");
    }

    @Test
    void peopleFromAFileNeedNoPostgres() throws IOException {
        Path people = folder.resolve("people.json");
        Files.writeString(people, """
                [{"uuid": "00000000-0000-4000-8000-00000000000a", "handle": "andrewbrown", "display_name": "A"},
                 {"uuid": "00000000-0000-4000-8000-00000000000b", "handle": "bayko", "display_name": "B", "x": [1]}]
                """);
        Cli without = cli.with("CONNECTION_URL", "postgresql://postgres:x@127.0.0.1:1/none");
        assertThat(without.run("seed").exit()).isEqualTo(5);
        assertThat(without.run("seed", "workshop", "--users", people.toString()).exit())
                .isZero();
        assertThat(without.run("list-conversations", "bayko", "--users", people.toString())
                        .outLines())
                .hasSize(1);
        Run missing = without.run("seed", "lantern", "--users", people.toString());
        assertThat(missing.err()).contains("people.json: londo");
        assertThat(missing.exit()).isEqualTo(3);
    }

    @Test
    void mistakesInAFixtureAreToldAllAtOnceWithTheirLines() throws IOException {
        Path fixture = folder.resolve("wrong.conversation");
        Files.writeString(fixture, "people: bayko, londo\nstarts: someday\nnobody: hi\nbayko:\n");
        Run seed = cli.run("seed", fixture.toString());
        assertThat(seed.exit()).isEqualTo(2);
        assertThat(seed.err())
                .contains("wrong.conversation:2: ", "wrong.conversation:3: ", "wrong.conversation:4: ")
                .contains("3 mistakes");
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void aConversationReadsDownwardsOnATerminal() {
        cli.run("seed", "--now", "2025-06-02T12:00:00Z");
        Run page = cli.atTerminal(60, "")
                .run("get-conversation", "--between", "bayko", "andrewbrown", "--limit", "3", "--zone", "UTC");
        assertThat(page.out().replaceAll("\\d+[dy] ago", "Xd ago")).isEqualTo("""
                        andrewbrown and bayko     104 messages, the newest 3 of them

                        bayko         Sun 1 Jun 2025  13:41   Xd ago
                          It works. I wrote "hello", and saw your window change from
                          the street.
                        andrewbrown                   13:42
                          You are in the street?
                        bayko                         13:43
                          With tea. Open the door, I want to see it from the other
                          side.

                        """);
        assertThat(page.err()).startsWith("101 older: --all, or --until 2025-06-01T13:41:00Z · ");
        Run older = cli.run("get-conversation", "--until", "2025-06-01T13:41:00Z", "--limit", "1");
        assertThat(older.out()).contains("13:40:00.000000+00:00");
    }

    @Test
    void sendingMovesTheGroupToTheTopOfBothLists() {
        cli.run("seed");
        Run sent = cli.run("send-message", "--from", "bayko", "--to", "andrewbrown", "Look at this!");
        assertThat(sent.exit()).isZero();
        assertThat(sent.out()).contains(SEEDED).contains("\"new_group\":false");
        for (String handle : new String[] {"andrewbrown", "bayko"}) {
            assertThat(cli.run("list-conversations", handle).outLines().get(0)).contains("Look at this!");
        }
        assertThat(cli.run("get-conversation", "--limit", "1").out()).contains("Look at this!");
    }

    @Test
    void aMessageFromStandardInputKeepsItsLines() {
        Cli typing = new Cli(cli.variables(), cli.ttys(), OptionalInt.empty(), "one\n\n  two\n");
        Run sent = typing.run("send-message", "--from", "bayko", "--to", "londo", "--query", "message");
        assertThat(sent.out()).isEqualTo("\"one\\n\\n  two\"\n");
        assertThat(typing.run("get-conversation", "--between", "bayko", "londo", "--query", "message")
                        .out())
                .isEqualTo("\"one\\n\\n  two\"\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩‍👩‍👧‍👦 🏳️‍🌈 🏮",
                "e\u0301 Z̷͉̀a̸͎͝l̵̙͠",
                "be\u200btween \u200d\u200e\u200f",
                "مرحبا שלום 42",
                "\u001b[31mred\u001b[0m \u0007 \u009b2J \u007f \u0001",
                "\u202eoverride\u202c \u2066isolate\u2069 \u2028",
                "tab\there\r\nand\\n \"quotes\" 'too' ”“",
                "  blanks around  "
            })
    void everyTextComesBackAsItWasSentAndNoneReachesTheTerminalRaw(String text) {
        cli.run("send-message", "--from", "bayko", "--to", "londo", text);
        Run json = cli.run("get-conversation", "--between", "bayko", "londo", "--query", "message");
        assertThat(unescaped(json.out().strip())).isEqualTo(text);
        for (String[] command :
                new String[][] {{"get-conversation", "--between", "bayko", "londo"}, {"list-conversations", "londo"}}) {
            String shown = cli.atTerminal(80, "").run(command).out();
            assertThat(shown.chars().filter(unit -> (unit < 0x20 && unit != '\n') || (unit >= 0x7f && unit < 0xa0)))
                    .isEmpty();
            assertThat(shown).doesNotContain("\u202e", "\u2066", "\u2028");
        }
    }

    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char unit = json.charAt(i);
            if (unit != '\\') {
                text.append(unit);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }

    @Test
    void aTextIsCountedInCodePointsAsTheAppDoes() {
        assertThat(cli.run("send-message", "--from", "bayko", "--to", "londo", "🏮".repeat(1024))
                        .exit())
                .isZero();
        Run tooLong = cli.run("send-message", "--from", "bayko", "--to", "londo", "🏮".repeat(1025));
        assertThat(tooLong.exit()).isEqualTo(2);
        assertThat(tooLong.err()).contains("1025 characters");
        assertThat(cli.run("send-message", "--from", "bayko", "--to", "londo", "")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void whatIsUnknownIsNotFound() {
        assertThat(cli.run("get-conversation").exit()).isEqualTo(3);
        assertThat(cli.run("get-conversation", "11111111-2222-3333-4444-555555555555")
                        .exit())
                .isEqualTo(3);
        assertThat(cli.run("get-conversation", "--between", "bayko", "londo").exit())
                .isEqualTo(3);
        assertThat(cli.run("get-conversation", "--between", "bayko", "nobody").exit())
                .isEqualTo(3);
        assertThat(cli.run("list-conversations", "nobody").exit()).isEqualTo(3);
        assertThat(cli.run("send-message", "--from", "bayko", "--to", "nobody", "hi")
                        .exit())
                .isEqualTo(3);
        assertThat(cli.run("send-message", "--from", "bayko", "--group", SEEDED, "hi")
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void aPopulationCanBePagedThroughToItsEnd() {
        Run seed = cli.run("seed", "--groups", "60", "--messages", "3", "--query", "user_uuid");
        String busiest = seed.out().strip().replace("\"", "");
        Run some = cli.run("list-conversations", busiest);
        assertThat(some.outLines()).hasSize(20);
        assertThat(some.err()).contains("20 of ").contains("conversations of " + busiest + " shown (--all");
        assertThat(cli.run("list-conversations", busiest, "--all").outLines()).hasSize(60);
        assertThat(cli.run("list-conversations", busiest, "--limit", "60").err())
                .contains("60 conversations of");
        assertThat(cli.run("seed", "--groups", "60", "--messages", "3").out())
                .contains("\"new_groups\":0,\"same_groups\":60");
    }
}
