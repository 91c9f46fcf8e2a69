package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Making, filling and dropping databases. */
@ExtendWith(LocalServers.Extension.class)
class DbCommandsTest {
    private final LocalServers servers;
    private TestDatabase database;
    private Cli cli = Cli.inPipe();
    private Path folder = Path.of("");

    DbCommandsTest(LocalServers servers) {
        this.servers = servers;
        this.database = TestDatabase.absent(servers);
    }

    @BeforeEach
    void pointAtADatabaseOfOurOwn(@TempDir Path fresh) {
        folder = fresh;
        cli = Cli.inPipe().with("CONNECTION_URL", database.url()).with("NO_COLOR", "1");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void createMakesTheDatabaseThatTheAddressNamesAndNoOther() {
        Run create = cli.run("db", "create");
        assertThat(create.exit()).isZero();
        assertThat(create.out())
                .isEqualTo("{\"database\":\"" + database.name() + "\",\"server\":\"" + database.hostAndPort()
                        + "\",\"action\":\"created\"}\n");
        assertThat(database.exists()).isTrue();
        assertThat(cli.run("db", "create").out()).contains("\"action\":\"exists\"");
    }

    @Test
    void dryRunMakesAndDropsNothing() {
        assertThat(cli.run("db", "create", "--dry-run").out()).contains("\"action\":\"would create\"");
        assertThat(database.exists()).isFalse();
        database.create();
        Run drop = cli.run("db", "drop", "--dry-run");
        assertThat(drop.out()).contains("\"action\":\"would drop\"");
        assertThat(drop.err()).contains("db drop drops the database " + database.name());
        assertThat(database.exists()).isTrue();
    }

    /** Defect 16. */
    @Test
    void aDatabaseWhoseNameNeedsQuotingOrStandsElsewhereInTheAddressIsTheOneMeant() {
        String server = database.url().substring(0, database.url().lastIndexOf('/'));
        Cli odd = cli.with("CONNECTION_URL", server + "/Od%22d%20postgres");
        assertThat(odd.run("db", "create").out()).contains("\"database\":\"Od\\\"d postgres\"");
        assertThat(odd.run("db", "seed").err()).contains("is the schema loaded?");
        assertThat(odd.run("db", "drop").exit()).isZero();
        assertThat(odd.run("db", "drop").exit()).isEqualTo(3);
    }

    @Test
    void dropOfWhatIsNotThereIsNotFoundUnlessThatIsFine() {
        assertThat(cli.run("db", "drop").exit()).isEqualTo(3);
        assertThat(cli.run("db", "drop", "--if-exists").exit()).isZero();
        assertThat(cli.run("db", "sessions").exit()).isEqualTo(3);
        Run seed = cli.run("db", "seed");
        assertThat(seed.exit()).isEqualTo(3);
        assertThat(seed.err()).contains("create it: dynacog db create").doesNotContain("password@");
    }

    /** Defect 17. */
    @Test
    void aDropThatSessionsHinderSaysWhoHoldsItAndForceEndsThem() throws SQLException {
        database.create();
        try (Connection holder = database.connect("the-app")) {
            Run drop = cli.run("db", "drop");
            assertThat(drop.exit()).isEqualTo(1);
            assertThat(drop.err())
                    .containsPattern("pid \\d+  postgres from 127\\.0\\.0\\.1, the-app, idle\n")
                    .contains("error  database " + database.name() + " has 1 open session, so it cannot be dropped\n")
                    .contains("hint   use --force to end them; nothing was changed\n");
            assertThat(database.exists()).isTrue();
            assertThat(cli.run("db", "drop", "--force").out()).contains("\"action\":\"dropped\"");
            assertThat(database.exists()).isFalse();
            assertThat(holder.isValid(1)).isFalse();
        }
    }

    @Test
    void sessionsListsTheOthersAndKillEndsOne() throws SQLException {
        database.create();
        try (Connection one = database.connect("one");
                Connection two = database.connect("two")) {
            assertThat(cli.run("db", "sessions", "--query", "application").out())
                    .isEqualTo("\"one\"\n\"two\"\n");
            String pid = cli.run("db", "sessions", "--query", "pid")
                    .out()
                    .lines()
                    .findFirst()
                    .orElseThrow();
            assertThat(cli.run("db", "sessions", "--kill", pid, "--dry-run").exit())
                    .isZero();
            assertThat(one.isValid(1)).isTrue();
            assertThat(cli.run("db", "sessions", "--kill", pid).out()).contains("\"application\":\"one\"");
            assertThat(one.isValid(1)).isFalse();
            assertThat(two.isValid(1)).isTrue();
            assertThat(cli.run("db", "sessions", "--kill", pid).exit()).isEqualTo(3);
        }
    }

    @Test
    void killLeavesTheSessionsOfOtherDatabasesAlone() throws SQLException {
        database.create();
        TestDatabase other = TestDatabase.empty(servers);
        try (Connection elsewhere = other.connect("elsewhere")) {
            String pid = other.rows("select pid from pg_stat_activity where application_name = 'elsewhere'")
                    .get(0);
            assertThat(cli.run("db", "sessions", "--kill", pid).exit()).isEqualTo(3);
            assertThat(elsewhere.isValid(1)).isTrue();
        }
    }

    @Test
    void schemaAndSeedAreLoadedOnceAndASecondTimeChangesNothing() {
        database.create();
        Run schema = cli.run("db", "schema-load");
        assertThat(schema.exit()).isZero();
        assertThat(schema.out()).contains("\"action\":\"loaded\"").contains("0003_utc_defaults");
        assertThat(cli.run("db", "schema-load").out()).contains("\"action\":\"same\"");
        assertThat(cli.run("db", "migrate", "--status").exit()).isZero();
        assertThat(cli.run("db", "seed").out()).contains("\"rows\":5");
        List<String> people = database.rows("select handle, cognito_user_id from public.users order by handle");
        assertThat(people).containsExactly("andrewbrown|MOCK", "bayko|MOCK", "gkar|MOCK", "londo|MOCK");
        assertThat(cli.run("db", "seed").out()).contains("\"rows\":0");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
        assertThat(database.rows("select expires_at - created_at from public.activities"))
                .containsExactly("10 days");
    }

    @Test
    void everyLookUpHasAnIndexAndEveryUserIsUnique() {
        database.create();
        cli.run("db", "schema-load");
        cli.run("db", "seed");
        assertThat(database.rows("select indexdef from pg_indexes where schemaname = 'public' order by indexname"))
                .anyMatch(index -> index.contains("UNIQUE") && index.endsWith("(handle)"))
                .anyMatch(index -> index.contains("UNIQUE") && index.contains("(cognito_user_id) WHERE"))
                .anyMatch(index -> index.contains("(user_uuid, created_at DESC)"))
                .anyMatch(index -> index.endsWith("(reply_to_activity_uuid)"))
                .anyMatch(index -> index.endsWith("(created_at DESC)"));
        assertThat(database.rows("select data_type from information_schema.columns"
                        + " where column_name = 'reply_to_activity_uuid'"))
                .containsExactly("uuid");
    }

    /** The session's zone is the machine's, and the columns have none. */
    @Test
    void timesThatTheDatabaseGivesAreUtc() {
        database.create();
        cli.run("db", "schema-load");
        database.execute("set time zone 'Asia/Tokyo'; insert into public.users (display_name, handle, email,"
                + " cognito_user_id) values ('T', 't', 't@example.com', 'MOCK')");
        assertThat(database.rows("select abs(extract(epoch from (now() at time zone 'utc') - created_at)) < 60"
                        + " from public.users"))
                .containsExactly("t");
    }

    /** Defect 10. */
    @Test
    void aBrokenSeedFileStopsAtTheFirstErrorAndLeavesNothing() throws IOException {
        database.create();
        cli.run("db", "schema-load");
        String seed = file("people.sql", """
                -- people
                insert into public.users (display_name, handle, email, cognito_user_id)
                values ('A', 'a;b', 'a@example.com', 'MOCK');
                insert into public.users (display_name, handle, email, cognito_user_id)
                values ('B', 'b',
                        emial, 'MOCK');
                insert into public.users (display_name, handle, email, cognito_user_id)
                values ('C', 'c', 'c@example.com', 'MOCK');
                """);
        Run run = cli.run("db", "seed", seed);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("error  " + seed + ":6: column \"emial\" does not exist")
                .contains("hint   in: insert into public.users (display_name, handle, email, cognito_user_id) values")
                .contains("nothing of " + seed + " was kept");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("0");
    }

    @Test
    void aViolationNamesTheRowAndTheLine() throws IOException {
        database.create();
        cli.run("db", "schema-load");
        cli.run("db", "seed");
        String seed = file(
                "twice.sql",
                "\n\ninsert into public.users (display_name, handle, email, cognito_user_id)"
                        + " values ('B', 'bayko', 'b@example.com', 'MOCK');");
        assertThat(cli.run("db", "seed", seed).err())
                .contains(seed + ":3: duplicate key value violates unique constraint \"users_handle_key\":"
                        + " Key (handle)=(bayko) already exists.");
    }

    @Test
    void aConstraintThatIsCheckedAtTheEndFailsTheFileToo() throws IOException {
        database.create();
        String script = file("late.sql", """
                create table a (id int primary key);
                create table b (a int references a (id) deferrable initially deferred);
                insert into b values (1);
                """);
        Run run = cli.run("db", "schema-load", script);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(script + ": at its end: ").contains("is not present in table \"a\"");
        assertThat(database.rows("select to_regclass('a')")).containsExactly("null");
    }

    @Test
    void aConnectionThatBreaksOffIsSaidAndNothingStays() throws IOException {
        database.create();
        String script = file("cut.sql", """
                create table t (a int);
                select pg_terminate_backend(pg_backend_pid());
                insert into t values (1);
                """);
        Run run = cli.run("db", "seed", script);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("incomplete: the connection broke off in " + script + ":2")
                .contains("the server takes back what the file had done so far");
        assertThat(database.rows("select to_regclass('t')")).containsExactly("null");
    }

    @Test
    void aPersonSeesTheEnvironmentFirst() {
        database.create();
        Cli terminal = cli.atTerminal(80, "");
        assertThat(terminal.run("db", "schema-load").out())
                .isEqualTo("local  schema.sql  loaded: 8 statements, no row written"
                        + " · contains migrations 0001 to 0003\n");
        assertThat(terminal.run("db", "schema-load").out())
                .isEqualTo("local  schema.sql  is already loaded; nothing was changed\n");
        assertThat(terminal.run("db", "seed").out())
                .isEqualTo("local  seed.sql  loaded: 3 statements, 5 rows written\n");
        assertThat(terminal.run("db", "drop").out())
                .isEqualTo("local  " + database.name() + "  dropped  on " + database.hostAndPort() + "\n");
    }

    @Test
    void filesOfOnesOwnAreRunInTheirOrderWithDollarQuotesAndAll() throws IOException {
        database.create();
        String one = file("one.sql", """
                set search_path to nowhere;
                create table public.t (a text);
                create function public.f() returns trigger language plpgsql as $body$
                begin
                  new.a := new.a || '; -- $$ ';
                  return new;
                end;
                $body$;
                create trigger tr before insert on public.t for each row execute function public.f();
                create function public.two() returns int begin atomic select 1; select case when true then 2 end; end;
                create rule r as on delete to public.t do also (select public.two(); select 1);
                do $$ begin raise notice 'hello; you'; end $$;
                """);
        String two = file("two.sql", "insert into t values (E'it\\'s'), ('?'), ('{x}'); /* ; */");
        Run run = cli.run("db", "seed", one, two);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("hello; you");
        assertThat(database.rows("select a from t")).containsExactly("it's; -- $$ ", "?; -- $$ ", "{x}; -- $$ ");
    }

    @Test
    void whatOnlyPsqlUnderstandsIsRefusedBeforeAnythingIsRun() throws IOException {
        database.create();
        String script = file("dump.sql", "create table t (a int);\ncopy t from stdin;\n1\n\\.\n");
        Run run = cli.run("db", "seed", script);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(script + ":2: COPY FROM STDIN is supported only by psql");
        assertThat(database.rows("select to_regclass('t')")).containsExactly("null");
        assertThat(cli.run("db", "seed", folder.resolve("none.sql").toString()).exit())
                .isEqualTo(3);
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        Run run = Cli.inPipe()
                .with("CONNECTION_URL", "postgresql://u:secret@127.0.0.1:1/db")
                .run("db", "seed");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .contains("cannot connect to Postgres at 127.0.0.1:1 (environment local): connection refused")
                .contains("dynacog local up")
                .doesNotContain("secret");
        assertThat(Cli.inPipe()
                        .with("CONNECTION_URL", "postgresql://u:secret@127.0.0.1:1/db")
                        .run("db", "create")
                        .exit())
                .isEqualTo(5);
    }

    @Test
    void aWrongPasswordIsRefusedAndNotRepeated() {
        database.create();
        for (String command : List.of("seed", "create", "sessions")) {
            Run run = cli.with("CONNECTION_URL", database.url().replace("password@", "s3cr%40t@"))
                    .run("db", command, "--debug");
            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err())
                    .contains("password authentication failed for user \"postgres\"")
                    .doesNotContain("s3cr");
        }
    }

    @Test
    void aUserWithoutThePrivilegeIsToldSo() {
        database.create();
        database.execute("drop role if exists clerk_" + database.name());
        database.execute("create role clerk_" + database.name() + " login password 'x'");
        Run run = cli.with(
                        "CONNECTION_URL",
                        database.url().replace("postgres:password@", "clerk_" + database.name() + ":x@"))
                .run("db", "schema-load");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("permission denied");
    }

    @Test
    void theHelpOfTheGroupListsItsCommands() {
        Run run = cli.run("db");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("schema-load", "rollback", "setup");
    }
}
