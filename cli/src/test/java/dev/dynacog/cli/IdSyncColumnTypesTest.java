package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values fit their columns, or nothing is written: whatever the columns are. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(180)
class IdSyncColumnTypesTest {
    private static final List<String> TYPES = List.of(
            "create extension if not exists citext",
            "create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            "create type plan as enum ('free', 'paid')",
            "create domain short as varchar(20)",
            "create domain shorter as short check (length(value) < 90)",
            "create domain lazy as varchar(64)",
            "create domain subs as text check (value ~ '^[0-9a-f-]{36}$')",
            "create domain ids as uuid",
            "create domain tiny as text check (length(value) < 30)",
            "create domain padded as char(30)",
            "create domain filled as char(50)");

    /** Which take a sub, by what a message has to name. */
    private static final Map<String, Boolean> ID_COLUMNS = Map.ofEntries(
            Map.entry("text", true),
            Map.entry("character varying", true),
            Map.entry("character varying(36)", true),
            Map.entry("character varying(100)", true),
            Map.entry("character(36)", true),
            Map.entry("character(40)", false),
            Map.entry("uuid", true),
            Map.entry("ids", true),
            Map.entry("citext", true),
            Map.entry("name", true),
            Map.entry("lazy", true),
            Map.entry("subs", true),
            Map.entry("text collate any_case", true),
            Map.entry("character varying(35)", false),
            Map.entry("character varying(20)", false),
            Map.entry("character(35)", false),
            Map.entry("character(1)", false),
            Map.entry("\"char\"", false),
            Map.entry("short", false),
            Map.entry("shorter", false),
            Map.entry("tiny", false),
            Map.entry("padded", false),
            Map.entry("filled", false),
            Map.entry("plan", false),
            Map.entry("integer", false),
            Map.entry("bytea", false),
            Map.entry("jsonb", false),
            Map.entry("bit(8)", false),
            Map.entry("timestamp with time zone", false),
            Map.entry("text[]", false),
            Map.entry("text generated always as ('x') stored", false),
            Map.entry("integer generated always as identity", false));

    private static final List<String> MATCH_COLUMNS =
            List.of("text", "varchar(40)", "char(40)", "citext", "text collate any_case", "lazy", "name");

    private final List<String> users = new ArrayList<>();
    private final StubCognito pool =
            new StubCognito((request, body) -> Answer.ok(StubCognito.pageOf(List.copyOf(users), "")));
    private final TestDatabase database;

    IdSyncColumnTypesTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void makeTypes() {
        TYPES.forEach(database::execute);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Run sync(String... options) {
        List<String> arguments = new ArrayList<>(List.of("update-cognito-user-ids"));
        arguments.addAll(List.of(options));
        return pool.cli().with("CONNECTION_URL", database.url()).run(arguments.toArray(String[]::new));
    }

    private void user(int number, String handle) {
        users.add(StubCognito.user(
                "u" + number,
                "CONFIRMED",
                "\"preferred_username\":\"" + handle + "\",\"email\":\"" + handle + "@example.com\"",
                StubCognito.sub(number)));
    }

    /** It got half subs, exit code 0, and --check was 6 for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"varchar(20)", "short", "shorter", "char(20)", "tiny"})
    void aColumnThatIsTooShortIsToldWithItsTypeAndNothingIsWritten(String type) {
        database.execute("create table users (handle text, cognito_user_id " + type + ")");
        database.execute("insert into users values ('bayko', 'MOCK')");
        user(1, "bayko");
        for (String option : List.of("--strict", "--check", "--dry-run")) {
            Run run = sync(option);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("doesn't fit column cognito_user_id of public.users, which is ")
                    .contains(type.replace("varchar", "character varying").replaceFirst("^char\\(", "character("))
                    .contains("; 0 rows were changed");
        }
        assertThat(database.rows("select cognito_user_id::text from users")).containsExactly("MOCK");
    }

    /** It was filled up with blanks, and the exit code was 0; of others a sub was named that nobody has. */
    @ParameterizedTest
    @CsvSource({
        "char(40),character(40)",
        "filled,filled",
        "varchar(20),character varying(20)",
        "integer,integer",
        "plan,plan"
    })
    void aColumnThatWouldPadOrCutOrRefuseASubIsToldWithoutAValueThatNobodyHas(String type, String told) {
        database.execute("create table users (handle text, cognito_user_id " + type + ")");
        database.execute("insert into users (handle) values ('bayko')");
        user(1, "bayko");
        Run run = sync();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error  a sub (36 characters) doesn't fit column cognito_user_id of public.users, which is "
                        + told + "; 0 rows were changed\n");
        assertThat(database.rows("select 1 from users where cognito_user_id is null"))
                .hasSize(1);
    }

    /** A domain may know which subs there are. */
    @Test
    void ofADomainsRuleTheSubIsNamedThatBreaksIt() {
        database.execute("create domain mine as text check (value <> '" + StubCognito.sub(2) + "')");
        database.execute("create table users (handle text, cognito_user_id mine)");
        database.execute("insert into users (handle) values ('bayko'), ('londo')");
        user(1, "bayko");
        user(2, "londo");
        Run run = sync();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error  '" + StubCognito.sub(2)
                        + "' doesn't fit column cognito_user_id of public.users, which is mine: value for domain mine");
        assertThat(database.rows("select 1 from users where cognito_user_id is null"))
                .hasSize(2);
    }

    @Test
    void aColumnThatTakesNoSubIsToldBeforeThePoolIsListed() {
        database.execute("create table users (handle text, cognito_user_id varchar(20))");
        assertThat(sync().exit()).isEqualTo(1);
        assertThat(pool.bodies()).isEmpty();
    }

    /** It hit another's name. */
    @ParameterizedTest
    @CsvSource({
        "handle varchar(4),handle",
        "email varchar(9),email",
        "display_name char(3),display_name",
        "email short,email",
        "handle name,''"
    })
    void aNewRowIsNeverMadeOfPartsOfValues(String column, String misfit) {
        String name = column.substring(0, column.indexOf(' '));
        database.execute("create table users (cognito_user_id text, " + column
                + String.join(
                        "",
                        List.of(", handle text", ", email text", ", display_name text").stream()
                                .filter(other -> !other.startsWith(", " + name + " "))
                                .toList())
                + ")");
        database.execute("insert into users (handle, cognito_user_id) values ('bayk', 'MOCK')");
        user(1, "bayk");
        user(2, misfit.isEmpty() ? "x".repeat(70) : "baykolino");
        Run run = sync("--insert-missing");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("doesn't fit column " + name + " of public.users, which is ")
                .contains("; 0 rows were changed");
        assertThat(database.rows("select handle, cognito_user_id from users")).containsExactly("bayk|MOCK");
    }

    /** An assignment cuts blanks off without a word, even where it refuses everything else. */
    @Test
    void blanksAtTheEndAreNotCutOffEither() {
        database.execute("create table users (handle varchar(5), cognito_user_id text)");
        database.execute("insert into users values ('bayko', 'MOCK')");
        user(1, "bayko");
        user(2, "baykx  ");
        Run run = sync("--insert-missing");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("'baykx  ' doesn't fit column handle of public.users, which is character varying(5)");
        assertThat(database.rows("select handle, cognito_user_id from users")).containsExactly("bayko|MOCK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text generated always as (handle || '!') stored", "int generated always as identity"})
    void aColumnThatMakesItsOwnValuesIsRefusedBeforeThePoolIsListed(String type) {
        database.execute("create table users (handle text, cognito_user_id " + type + ")");
        Run run = sync();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("column cognito_user_id of public.users is generated")
                .contains("0 rows were");
        assertThat(pool.bodies()).isEmpty();
    }

    /** As a uuid column writes it. */
    @Test
    void aSubInCapitalsIsRightInAUuidColumnOnceItIsWritten() {
        database.execute("create table users (handle text, cognito_user_id uuid unique)");
        database.execute("insert into users values ('bayko', null)");
        users.add(StubCognito.user(
                "u", "CONFIRMED", "\"preferred_username\":\"bayko\"", "ABCDEF01-0000-4000-8000-00000000000A"));
        assertThat(sync().exit()).isZero();
        assertThat(sync("--check").exit()).isZero();
    }

    /** Seeded, so that a failure can be looked at again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverTheColumnsAreEverySubIsWholeOrNothingIsWritten(long seed) {
        Random random = new Random(seed);
        List<String> idColumns = new ArrayList<>(new TreeMap<>(ID_COLUMNS).keySet());
        for (int round = 0; round < 12; round++) {
            String id = idColumns.get(random.nextInt(idColumns.size()));
            String match = MATCH_COLUMNS.get(random.nextInt(MATCH_COLUMNS.size()));
            check(seed + "." + round + ": " + id + " by " + match, id, match, random);
        }
    }

    private void check(String what, String id, String match, Random random) {
        database.execute("drop table if exists users");
        database.execute(
                "create table users (number int generated always as identity, handle " + match + ", cognito_user_id "
                        + id + ", seen int default 0)" + (random.nextBoolean() ? " with (fillfactor = 10)" : ""));
        if (random.nextBoolean() && !id.contains("generated")) {
            database.execute("create unique index on users (cognito_user_id)");
        }
        users.clear();
        for (int i = 0; i < 8; i++) {
            String handle = (random.nextBoolean() ? "user" : "User") + random.nextInt(6);
            user(i, handle);
            if (random.nextInt(3) > 0) {
                database.execute("insert into users (handle) values ('" + handle + "')");
            }
        }
        List<String> options = new ArrayList<>(List.of("--force"));
        if (random.nextBoolean()) {
            options.add("--ignore-case");
        }
        if (random.nextBoolean()) {
            options.addAll(List.of("--batch", "2"));
        }
        String all = "select number, handle::text, cognito_user_id::text from users order by number";
        List<String> before = database.rows(all);

        Run run = sync(options.toArray(String[]::new));

        List<String> after = database.rows(all);
        boolean fits = ID_COLUMNS.getOrDefault(id, false);
        if (run.exit() != 0) {
            assertThat(fits).describedAs(what + run.err()).isFalse();
            assertThat(after).describedAs(what).isEqualTo(before);
            assertThat(run.err())
                    .describedAs(what)
                    .contains("0 rows were changed")
                    .contains(id.contains("generated") ? "generated" : id);
            return;
        }
        assertThat(fits).describedAs(what + " " + run.out()).isTrue();
        List<String> expected = new ArrayList<>(before);
        run.outLines().stream()
                .filter(line -> line.contains("\"category\":\"to_update\""))
                .forEach(line -> {
                    String sub = line.replaceAll(".*\"sub\":\"([^\"]*)\".*", "$1");
                    assertThat(sub).hasSize(36);
                    assertThat(after)
                            .describedAs(what)
                            .filteredOn(row -> row.endsWith("|" + sub))
                            .hasSize(1);
                });
        long written = run.outLines().stream()
                .filter(line -> line.contains("\"category\":\"to_update\""))
                .count();
        expected.retainAll(after);
        assertThat(expected).describedAs(what).hasSize(before.size() - (int) written);
        options.add("--check");
        assertThat(sync(options.toArray(String[]::new)).exit())
                .describedAs(what)
                .isZero();
    }
}
