package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.UsersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LocalServers.Extension.class)
class UpdateCognitoUserIdsTest {
    private static final String ROWS =
            "select handle || ' ' || cognito_user_id from public.users order by handle, cognito_user_id";

    private final List<String> users = new ArrayList<>();
    private final StubCognito pool =
            new StubCognito((request, body) -> Answer.ok(StubCognito.pageOf(List.copyOf(users), "")));
    private final TestDatabase database;

    UpdateCognitoUserIdsTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void makeTable() {
        UsersTable.OLD.createIn(database);
    }

    @AfterEach
    void close() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        pool.close();
    }

    private Cli cli() {
        return pool.cli().with("CONNECTION_URL", database.url());
    }

    private Run sync(String... options) {
        List<String> arguments = new ArrayList<>(List.of("update-cognito-user-ids"));
        arguments.addAll(Arrays.asList(options));
        return cli().run(arguments.toArray(String[]::new));
    }

    /** Somebody in the pool, whose sub is made of the number. */
    private void user(int number, String handle) {
        users.add(
                StubCognito.user("u" + number, "CONFIRMED", "\"preferred_username\":\"" + handle + "\"", sub(number)));
    }

    private static String sub(int number) {
        return StubCognito.sub(number);
    }

    private void row(String handle, String cognitoUserId) {
        UsersTable.insert(database, handle, cognitoUserId);
    }

    private List<String> rows() {
        return database.rows(ROWS);
    }

    private static String entry(Run run, String handle) {
        return run.outLines().stream()
                .filter(line -> line.contains("\"record\":\"entry\"") && line.contains("\"handle\":\"" + handle + "\""))
                .findFirst()
                .orElse("no entry of " + handle);
    }

    @Test
    void theSubOfEveryUserIsWrittenAndASecondRunChangesNothing() {
        user(1, "andrewbrown");
        user(2, "bayko");
        row("andrewbrown", "MOCK");
        row("bayko", "MOCK");
        Run first = sync();
        assertThat(first.exit()).isZero();
        assertThat(first.out())
                .endsWith("{\"record\":\"result\",\"outcome\":\"written\",\"updated\":2,\"inserted\":0}\n");
        assertThat(rows()).containsExactly("andrewbrown " + sub(1), "bayko " + sub(2));
        Run second = sync();
        assertThat(second.exit()).isZero();
        assertThat(second.out())
                .contains("\"already_right\":2")
                .endsWith("{\"record\":\"result\",\"outcome\":\"nothing_to_do\",\"updated\":0,\"inserted\":0}\n");
    }

    @Test
    void thePlanIsAnInterfaceWithStableNames() {
        user(1, "andrewbrown");
        row("andrewbrown", "MOCK");
        assertThat(sync("--dry-run").out())
                .isEqualTo(("{'record':'plan','pool':'eu-west-1_AbC123DeF','users':1,'host':'localhost:"
                                + database.url().replaceAll(".*:(\\d+)/.*", "$1") + "','database':'" + database.name()
                                + "','table':'public.users','column':'cognito_user_id','match':'preferred_username=handle',"
                                + "'rows':1,'changes':1,'ambiguous':0,'replaced':0,'counts':{'to_update':1,'to_insert':0,"
                                + "'already_right':0,'only_in_cognito':0,'only_in_postgres':0,'no_handle':0,"
                                + "'handle_twice_in_cognito':0,'handle_twice_in_postgres':0,'sub_twice_in_cognito':0,"
                                + "'sub_held_by_another_row':0,'bad_sub':0,'bad_handle':0,'unconfirmed':0},'dry_run':true}\n"
                                + "{'record':'entry','category':'to_update','handle':'andrewbrown','username':'u1','sub':'"
                                + sub(1) + "','old':'MOCK','detail':null}\n"
                                + "{'record':'result','outcome':'not_written','updated':0,'inserted':0}\n")
                        .replace('\'', '"'));
        assertThat(rows()).containsExactly("andrewbrown MOCK");
    }

    @Test
    void aTerminalGetsThePlanAsAPage() {
        user(1, "bayko");
        user(2, "gone");
        row("bayko", "MOCK");
        row("other", "MOCK");
        Run run = cli().with("NO_COLOR", "1").atTerminal(70, "").run("update-cognito-user-ids", "--dry-run");
        assertThat(run.out()).isEqualTo("""
                Cognito eu-west-1_AbC123DeF  2 users
                   →   public.users in %s on localhost  2 rows
                  to update                 1
                  already right             0
                  only in Cognito           1   --insert-missing adds them
                  only in Postgres          1

                HANDLE  NOW   BECOMES
                bayko   MOCK  00000001-0000-4000-8000-000000000001

                HANDLE  WHAT              SUB
                gone    only in Cognito   00000002-0000-4000-8000-000000000002
                other   only in Postgres  —

                Nothing was written (--dry-run).
                """.formatted(database.name()));
    }

    @Test
    void checkTellsByItsExitCodeThatSomethingWouldChange() {
        user(1, "bayko");
        row("bayko", "MOCK");
        assertThat(sync("--check").exit()).isEqualTo(6);
        assertThat(rows()).containsExactly("bayko MOCK");
        sync();
        assertThat(sync("--check").exit()).isZero();
    }

    /** Defect 3: one such user killed the update. */
    @Test
    void aUserWithoutPreferredUsernameIsReportedAndTheOthersAreWritten() {
        users.add(StubCognito.user("nameless", "CONFIRMED", "", sub(1)));
        user(2, "bayko");
        row("bayko", "MOCK");
        Run run = sync();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("{\"record\":\"entry\",\"category\":\"no_handle\",\"handle\":null,\"username\":\"nameless\"");
        assertThat(rows()).containsExactly("bayko " + sub(2));
    }

    /** Defect 5: one call saw 60 of 70 users, and the rest were never updated. */
    @Test
    void usersBeyondTheFirstPageAreUpdatedToo() {
        try (StubCognito paged = new StubCognito((request, body) ->
                Answer.ok(request == 1 ? StubCognito.page(0, 60, "more") : StubCognito.page(60, 70, "")))) {
            for (int i = 0; i < 70; i++) {
                row("user" + i, "MOCK");
            }
            Run run = paged.cli().with("CONNECTION_URL", database.url()).run("update-cognito-user-ids");
            assertThat(run.exit()).isZero();
            assertThat(database.rows("select count(*) from users where cognito_user_id = 'MOCK'"))
                    .containsExactly("0");
        }
    }

    /** Defect 11: two rows with one handle both got the same sub. */
    @Test
    void twoRowsWithOneHandleNeverGetTheSameSub() {
        user(1, "sam");
        row("sam", "MOCK");
        row("sam", "old");
        Run run = sync();
        assertThat(run.exit()).isZero();
        assertThat(entry(run, "sam"))
                .contains("\"category\":\"handle_twice_in_postgres\"")
                .contains("\"detail\":\"2 rows\"");
        assertThat(rows()).containsExactly("sam MOCK", "sam old");
    }

    /** Defect 11: a handle that differs in case was passed over without a word. */
    @Test
    void aHandleThatDiffersInCaseOrMatchesNobodyIsReported() {
        user(1, "Bayko");
        user(2, "nobody");
        row("bayko", "MOCK");
        row("other", "MOCK");
        Run run = sync("--dry-run");
        assertThat(entry(run, "Bayko")).contains("only_in_cognito").contains("row bayko differs in case");
        assertThat(entry(run, "nobody")).contains("only_in_cognito");
        assertThat(entry(run, "other")).contains("only_in_postgres");
        assertThat(sync("--ignore-case").exit()).isZero();
        assertThat(rows()).containsExactly("bayko " + sub(1), "other MOCK");
    }

    @Test
    void aHandleTwiceInCognitoIsLeftAloneAndStrictMakesItAnError() {
        user(1, "sam");
        user(2, "sam");
        user(3, "bayko");
        row("sam", "MOCK");
        row("bayko", "MOCK");
        Run strict = sync("--strict");
        assertThat(strict.exit()).isEqualTo(1);
        assertThat(strict.err()).startsWith("error  --strict: 2 users are ambiguous; 0 rows were changed");
        assertThat(rows()).containsExactly("bayko MOCK", "sam MOCK");
        assertThat(sync().out()).contains("\"handle_twice_in_cognito\":2");
        assertThat(rows()).containsExactly("bayko " + sub(3), "sam MOCK");
    }

    /** Anyone can sign up with anybody's handle: such a user neither takes the row nor makes the owner ambiguous. */
    @Test
    void anUnconfirmedSignUpTakesNobodysRow() {
        user(1, "bayko");
        users.add(StubCognito.user("thief", "UNCONFIRMED", "\"preferred_username\":\"bayko\"", sub(2)));
        users.add(StubCognito.user("new", "UNCONFIRMED", "\"preferred_username\":\"londo\"", sub(3)));
        row("bayko", "MOCK");
        row("londo", "MOCK");
        assertThat(sync().out()).contains("\"unconfirmed\":2");
        assertThat(rows()).containsExactly("bayko " + sub(1), "londo MOCK");
        sync("--include-unverified");
        assertThat(rows()).containsExactly("bayko " + sub(1), "londo " + sub(3));
    }

    @Test
    void anUnverifiedAddressMatchesNobody() {
        users.add(
                StubCognito.user("a", "CONFIRMED", "\"email\":\"x@example.com\",\"email_verified\":\"false\"", sub(1)));
        row("bayko", "MOCK");
        assertThat(sync("--match", "email=email").out()).contains("\"unconfirmed\":1");
        users.set(
                0,
                StubCognito.user("a", "CONFIRMED", "\"email\":\"x@example.com\",\"email_verified\":\"true\"", sub(1)));
        sync("--match", "email=email");
        assertThat(rows()).containsExactly("bayko " + sub(1));
    }

    @Test
    void aSubThatAnotherRowKeepsIsNotGivenTwice() {
        user(1, "renamed");
        user(2, "wants");
        user(3, "chain");
        row("before", sub(1));
        row("wants", "MOCK");
        row("kept", sub(2));
        row("chain", "MOCK");
        Run run = sync("--insert-missing");
        assertThat(entry(run, "renamed")).contains("sub_held_by_another_row").contains("row before has it");
        assertThat(entry(run, "wants")).contains("sub_held_by_another_row").contains("row kept has it");
        assertThat(rows()).containsExactly("before " + sub(1), "chain " + sub(3), "kept " + sub(2), "wants MOCK");
    }

    @Test
    void aRowThatCannotChangeKeepsItsSubFromAllWhoWaitForIt() {
        user(1, "a");
        user(2, "b");
        user(3, "c");
        row("a", sub(2));
        row("b", sub(3));
        row("c", "MOCK");
        row("holder", sub(1));
        Run run = sync();
        assertThat(run.out()).contains("\"sub_held_by_another_row\":3").contains("\"changes\":0");
        assertThat(rows()).containsExactly("a " + sub(2), "b " + sub(3), "c MOCK", "holder " + sub(1));
    }

    @ParameterizedTest
    @EnumSource(UsersTable.class)
    void swappedSubsAreSwappedAlsoUnderAUniqueIndex(UsersTable table) {
        UsersTable.run(database, "drop table public.users");
        table.createIn(database);
        user(1, "a");
        user(2, "b");
        user(3, "c");
        row("a", sub(2));
        row("b", sub(3));
        row("c", sub(1));
        Run run = sync();
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(rows()).containsExactly("a " + sub(1), "b " + sub(2), "c " + sub(3));
    }

    @Test
    void badSubsAreReported() {
        users.add(StubCognito.user("x", "CONFIRMED", "\"preferred_username\":\"bayko\"", "not-a-sub"));
        row("bayko", "MOCK");
        assertThat(entry(sync(), "bayko")).contains("\"category\":\"bad_sub\"");
        assertThat(rows()).containsExactly("bayko MOCK");
    }

    @Test
    void handlesOfAnyTextAreMatchedLiterally() {
        List<String> handles = List.of(
                "'; drop table users; --",
                "\\.",
                "\\N",
                "tab\there",
                "\"quoted\"",
                "line\nbreak",
                "😀 emoji",
                "%_",
                " leading and trailing ",
                "ünï",
                "x".repeat(2_048),
                "😀".repeat(1_024));
        for (int i = 0; i < handles.size(); i++) {
            user(i, json(handles.get(i)));
            row(handles.get(i), "MOCK");
        }
        Run run = sync();
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        for (int i = 0; i < handles.size(); i++) {
            assertThat(database.rows("select handle from users where cognito_user_id = '" + sub(i) + "'"))
                    .containsExactly(handles.get(i));
        }
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\t", "\\t")
                .replace("\n", "\\n");
    }

    @Test
    void nulAndHalvesOfCharactersAreReportedAsBad() {
        user(1, "a\\u0000b");
        user(2, "half\\ud83d");
        user(3, "\\ude00half");
        user(4, "bayko");
        row("bayko", "MOCK");
        Run run = sync();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\"bad_handle\":3");
        assertThat(rows()).containsExactly("bayko " + sub(4));
    }

    @Test
    void missingRowsAreAddedAsTheAppWouldHave() {
        users.add(StubCognito.user(
                "a",
                "CONFIRMED",
                "\"preferred_username\":\"gkar\",\"email\":\"g@example.com\",\"name\":\"G'Kar\"",
                sub(1)));
        user(2, "noemail");
        users.add(StubCognito.user(
                "c", "CONFIRMED", "\"preferred_username\":\"LONDO\",\"email\":\"l@example.com\"", sub(3)));
        row("londo", "MOCK");
        assertThat(sync("--dry-run").out()).contains("\"only_in_cognito\":3");
        Run run = sync("--insert-missing");
        assertThat(run.out()).contains("\"inserted\":1}");
        assertThat(entry(run, "noemail")).contains("only_in_cognito").contains("a required column would be empty");
        assertThat(entry(run, "LONDO")).contains("only_in_cognito").contains("row londo differs in case");
        assertThat(
                        database.rows(
                                "select concat_ws(' ', display_name, handle, email, cognito_user_id) from users where handle = 'gkar'"))
                .containsExactly("G'Kar gkar g@example.com " + sub(1));
        assertThat(sync("--insert-missing").out()).contains("nothing_to_do");
    }

    @Test
    void otherTablesAndColumnsAreNamedLiterally() {
        UsersTable.run(
                database,
                "create schema \"My App\"",
                "create table \"My App\".\"Us\"\"ers; drop\" (\"Nick\" varchar(40), \"Cognito Id\" uuid unique)",
                "insert into \"My App\".\"Us\"\"ers; drop\" values ('bayko', '" + sub(2) + "'), ('londo', '" + sub(1)
                        + "'), ('none', null), (null, null)");
        user(1, "bayko");
        user(2, "londo");
        user(3, "none");
        Run run = sync(
                "--table",
                "My App.\"Us\"\"ers; drop\"",
                "--match",
                "preferred_username=Nick",
                "--column",
                "Cognito Id");
        assertThat(run.err()).isEmpty();
        assertThat(database.rows(
                        "select \"Nick\" || ' ' || \"Cognito Id\" from \"My App\".\"Us\"\"ers; drop\" order by 1"))
                .containsExactly("bayko " + sub(1), "londo " + sub(2), "none " + sub(3), "null");
        assertThat(sync("--table", "nothing.here").exit()).isEqualTo(3);
        assertThat(sync("--column", "nothing").err())
                .contains("has no column nothing")
                .contains("cognito_user_id");
    }

    @Test
    void aPoolThatIsEmptyOrTooSmallIsRefusedWithoutForce() {
        row("a", "MOCK");
        row("b", "MOCK");
        row("c", "MOCK");
        assertThat(sync().err()).startsWith("error  the pool is empty; 0 rows were changed");
        user(1, "a");
        Run refused = sync();
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("less than half of the 3 rows");
        assertThat(sync("--check").exit()).isEqualTo(2);
        assertThat(sync("--dry-run").exit()).isZero();
        assertThat(rows()).containsExactly("a MOCK", "b MOCK", "c MOCK");
        assertThat(sync("--force").exit()).isZero();
        assertThat(rows()).contains("a " + sub(1));
    }

    @Test
    void theAuditHasEveryChangeAndHowItEnded(@TempDir Path folder) throws IOException {
        Path audit = folder.resolve("changes.jsonl");
        user(1, "bayko");
        row("bayko", "MOCK");
        sync("--audit", audit.toString());
        List<String> lines = Files.readAllLines(audit);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains("\"event\":\"to_update\"")
                .contains("\"handle\":\"bayko\",\"username\":\"u1\",\"old\":\"MOCK\",\"new\":\"" + sub(1) + "\"");
        assertThat(lines.get(1)).contains("\"event\":\"committed\"");
        row("londo", "MOCK");
        user(2, "londo");
        Run unwritable = sync("--audit", folder.resolve("no/folder").toString());
        assertThat(unwritable.exit()).isEqualTo(2);
        assertThat(rows()).contains("londo MOCK");
    }

    /** Defect 14: production was written to without a question, with users of another environment's database. */
    @Test
    void productionIsAskedForAndBothSystemsComeFromIt() {
        user(1, "bayko");
        row("bayko", "MOCK");
        System.setProperty("aws.accessKeyId", "x");
        System.setProperty("aws.secretAccessKey", "y");
        Cli production = cli().with("AWS_REGION", "eu-west-1");
        Run noDatabase = production.run("--env", "prod", "update-cognito-user-ids", "--confirm", database.name());
        assertThat(noDatabase.exit()).isEqualTo(2);
        assertThat(noDatabase.err()).contains("no Postgres is configured for environment prod");
        Cli both =
                production.with("PROD_CONNECTION_URL", database.url()).with("CONNECTION_URL", "postgresql://nowhere/x");
        Run unconfirmed = both.run("--env", "prod", "update-cognito-user-ids");
        assertThat(unconfirmed.exit()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("is guarded").contains("--confirm " + database.name());
        assertThat(pool.bodies()).isEmpty();
        assertThat(rows()).containsExactly("bayko MOCK");
        assertThat(both.run("--env", "prod", "update-cognito-user-ids", "--dry-run")
                        .exit())
                .isZero();
        Run confirmed = both.with("AWS_ENDPOINT_URL_STS", "http://localhost:1")
                .run("--env", "prod", "update-cognito-user-ids", "--confirm", database.name());
        assertThat(confirmed.exit()).isZero();
        assertThat(confirmed.err())
                .contains("writes the subs of pool eu-west-1_AbC123DeF into public.users in " + database.name());
        assertThat(rows()).containsExactly("bayko " + sub(1));
    }
}
