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
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalServers.Extension.class)
class DbMigrationsTest {
    /** As the old scripts made it: nothing but primary keys. */
    private static final String OLD_SCHEMA = """
            create extension if not exists "uuid-ossp";
            create table public.users (
              uuid uuid default uuid_generate_v4() primary key, display_name text not null, handle text not null,
              email text not null, cognito_user_id text not null,
              created_at timestamp default current_timestamp not null);
            create table public.activities (
              uuid uuid default uuid_generate_v4() primary key, user_uuid uuid not null, message text not null,
              replies_count integer default 0, reposts_count integer default 0, likes_count integer default 0,
              reply_to_activity_uuid integer, expires_at timestamp,
              created_at timestamp default current_timestamp not null);
            """;

    private final TestDatabase database;
    private Cli cli = Cli.inPipe();
    private Path folder = Path.of("");

    DbMigrationsTest(LocalServers servers) {
        this.database = TestDatabase.empty(servers);
    }

    @BeforeEach
    void threeMigrations(@TempDir Path fresh) throws IOException {
        folder = fresh;
        cli = Cli.inPipe().with("CONNECTION_URL", database.url()).with("NO_COLOR", "1");
        migration("10_third", "create table c (a int)", "drop table c");
        migration("2_second", "create table b (a int)", "drop table b");
        migration("1_first", "create table a (a int)", "drop table a");
    }

    private void migration(String name, String up, String down) throws IOException {
        Files.writeString(folder.resolve(name + ".sql"), "-- up\n" + up + ";\n-- down\n" + down + ";\n");
    }

    private Run db(String command, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "db";
        arguments[1] = command;
        arguments[2] = "--dir";
        arguments[3] = folder.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return cli.run(arguments);
    }

    private List<String> recorded() {
        return database.rows("select number, name from public.dynacog_migrations order by number");
    }

    private List<String> tables() {
        return database.rows("select tablename from pg_tables where schemaname = 'public' and length(tablename) = 1"
                + " order by 1");
    }

    /** Defect 21. */
    @Test
    void migrationsRunByNumberAndRollbackUndoesTheNewest() {
        assertThat(db("migrate", "--query", "name").out()).isEqualTo("\"first\"\n\"second\"\n\"third\"\n");
        assertThat(recorded()).containsExactly("1|first", "2|second", "10|third");
        assertThat(db("rollback").out()).isEqualTo("{\"number\":10,\"name\":\"third\",\"action\":\"undone\"}\n");
        assertThat(tables()).containsExactly("a", "b");
        assertThat(recorded()).containsExactly("1|first", "2|second");
    }

    @Test
    void aSecondMigrateChangesNothing() {
        db("migrate");
        Run again = db("migrate");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEmpty();
        assertThat(cli.atTerminal(80, "")
                        .run("db", "migrate", "--dir", folder.toString())
                        .err())
                .startsWith("local  nothing to run · localhost:");
    }

    @Test
    void rollbackToANumberUndoesAllThatAreNewer() {
        db("migrate");
        assertThat(db("rollback", "--to", "7").exit()).isEqualTo(3);
        assertThat(db("rollback", "--to", "1", "--dry-run").out())
                .contains("\"third\",\"action\":\"would undo\"")
                .contains("\"second\",\"action\":\"would undo\"");
        assertThat(tables()).containsExactly("a", "b", "c");
        assertThat(db("rollback", "--to", "1", "--query", "name").out()).isEqualTo("\"third\"\n\"second\"\n");
        assertThat(db("rollback", "--to", "0").exit()).isZero();
        assertThat(db("rollback").exit()).isZero();
        assertThat(tables()).isEmpty();
        assertThat(recorded()).isEmpty();
    }

    @Test
    void statusShowsWhatIsRunAndTellsThatOneIsPending() {
        Run before = db("migrate", "--status", "--query", "state");
        assertThat(before.out()).isEqualTo("\"pending\"\n\"pending\"\n\"pending\"\n");
        assertThat(before.exit()).isEqualTo(6);
        assertThat(database.rows("select to_regclass('public.dynacog_migrations')"))
                .containsExactly("null");
        db("migrate");
        assertThat(db("migrate", "--status").exit()).isZero();
        String page = cli.with("TZ", "UTC")
                .atTerminal(80, "")
                .run("db", "migrate", "--status", "--dir", folder.toString())
                .out();
        assertThat(page)
                .startsWith("MIGRATION    STATE  RUN\n0001_first   run    ")
                .contains("(now)");
    }

    @Test
    void dryRunRunsNothing() {
        assertThat(db("migrate", "--dry-run").out()).contains("\"action\":\"would run\"");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aFileThatWasChangedAfterItHadBeenRunStopsEverything() throws IOException {
        db("migrate");
        migration("2_second", "create table b (a int, more text)", "drop table b");
        migration("11_fourth", "create table d (a int)", "drop table d");
        Run run = db("migrate");
        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).contains("0002_second has changed since it was run");
        assertThat(tables()).containsExactly("a", "b", "c");
        assertThat(db("migrate", "--status", "--query", "state").out())
                .isEqualTo("\"run\"\n\"changed\"\n\"run\"\n\"pending\"\n");
        assertThat(db("rollback", "--to", "1").exit()).isEqualTo(6);
        assertThat(tables()).containsExactly("a", "b", "c");
    }

    @Test
    void aMigrationThatFailsLeavesNothingAndThoseBeforeItStay() throws IOException {
        migration("2_second", "create table b (a int);\ninsert into b values ('x')", "drop table b");
        Run run = db("migrate");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("{\"number\":1,\"name\":\"first\",\"action\":\"run\"}\n");
        assertThat(run.err()).contains("2_second.sql:3: invalid input syntax for type integer: \"x\"");
        assertThat(tables()).containsExactly("a");
        assertThat(recorded()).containsExactly("1|first");
        migration("2_second", "create table b (a int)", "drop table b");
        assertThat(db("migrate").exit()).isZero();
        assertThat(tables()).containsExactly("a", "b", "c");
    }

    @Test
    void aChangeOfLineEndsIsNoChange() throws IOException {
        Path second = folder.resolve("2_second.sql");
        db("migrate");
        Files.writeString(second, Files.readString(second).replace("\n", "\r\n"));
        assertThat(db("migrate").exit()).isZero();
        assertThat(db("migrate", "--status").exit()).isZero();
        assertThat(db("rollback", "--to", "1").exit()).isZero();
        Files.writeString(second, Files.readString(second).replace("\r\n", "\r"));
        assertThat(db("migrate").exit()).isZero();
        assertThat(tables()).containsExactly("a", "b", "c");
        Files.writeString(second, Files.readString(second).replace("\r", "\n"));
        assertThat(db("migrate").exit()).isZero();
    }

    @Test
    void aFileNumberedBeforeWhatHasRunIsRefusedUnlessThatIsAllowed() throws IOException {
        db("migrate");
        migration("5_late", "create table d (a int)", "drop table d");
        migration("11_fourth", "create table e (a int)", "drop table e");
        Run refused = db("migrate");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err())
                .contains("0005_late is numbered before 0010, which has run; nothing was run")
                .contains("--allow-out-of-order");
        assertThat(db("migrate", "--dry-run").exit()).isEqualTo(6);
        assertThat(tables()).containsExactly("a", "b", "c");
        Run status = db("migrate", "--status", "--query", "state");
        assertThat(status.out()).isEqualTo("\"run\"\n\"run\"\n\"out of order\"\n\"run\"\n\"pending\"\n");
        assertThat(status.exit()).isEqualTo(6);
        assertThat(db("migrate", "--allow-out-of-order", "--query", "name").out())
                .isEqualTo("\"late\"\n\"fourth\"\n");
        assertThat(tables()).containsExactly("a", "b", "c", "d", "e");
        assertThat(db("migrate", "--status").exit()).isZero();
    }

    @Test
    void whatCantStandInATransactionRunsOutsideOfOne() throws IOException {
        Files.writeString(folder.resolve("11_index.sql"), """
                -- no transaction
                -- up
                create index concurrently c_a on c (a);
                -- down
                drop index concurrently c_a;
                """);
        assertThat(db("migrate").exit()).isZero();
        assertThat(database.rows("select indisvalid from pg_index where indexrelid = 'c_a'::regclass"))
                .containsExactly("t");
        assertThat(db("rollback").exit()).isZero();
        assertThat(database.rows("select to_regclass('c_a')")).containsExactly("null");
        assertThat(recorded()).containsExactly("1|first", "2|second", "10|third");
    }

    @Test
    void oneThatFailsOutsideOfATransactionSaysWhatStaysAndHowToGoOn() throws IOException {
        Path file = folder.resolve("11_index.sql");
        Files.writeString(file, """
                -- no transaction
                -- up
                create table d (a int);
                insert into d values (1), (1);
                create unique index concurrently d_a on d (a);
                """);
        Run failed = db("migrate");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err())
                .contains("11_index.sql:5: could not create unique index \"d_a\"")
                .contains("the 2 statements before it stay")
                .contains("dynacog db migrate --mark-run 11")
                .contains("drop the invalid index");
        assertThat(recorded()).containsExactly("1|first", "2|second", "10|third");
        assertThat(tables()).contains("d");
        database.execute("drop index d_a");
        Run marked = db("migrate", "--mark-run", "11");
        assertThat(marked.out()).isEqualTo("{\"number\":11,\"name\":\"index\",\"action\":\"marked\"}\n");
        assertThat(marked.exit()).isZero();
        assertThat(db("migrate").out()).isEmpty();
    }

    /** A statement that waits for the lock inside of the server would keep the index from being finished. */
    @Test
    void anIndexIsMadeConcurrentlyWhileAnotherMigrateWaits() throws Exception {
        Files.writeString(
                folder.resolve("11_index.sql"),
                "-- no transaction\n-- up\nselect pg_sleep(0.5);\ncreate index concurrently c_a on c (a);\n");
        CompletableFuture<Run> one = CompletableFuture.supplyAsync(() -> db("migrate"));
        CompletableFuture<Run> other = CompletableFuture.supplyAsync(() -> db("migrate"));
        assertThat(one.get(60, TimeUnit.SECONDS).err()).doesNotContain("deadlock");
        assertThat(other.get(60, TimeUnit.SECONDS).err()).doesNotContain("deadlock");
        assertThat(one.get().exit() + other.get().exit()).isZero();
    }

    @Test
    void markRunNotesWithoutRunning() {
        assertThat(db("migrate", "--mark-run", "2", "--mark-run", "1", "--dry-run", "--query", "action")
                        .out())
                .isEqualTo("\"would mark\"\n\"would mark\"\n");
        assertThat(database.rows("select to_regclass('public.dynacog_migrations')"))
                .containsExactly("null");
        assertThat(db("migrate", "--mark-run", "2", "--mark-run", "1").exit()).isZero();
        assertThat(recorded()).containsExactly("1|first", "2|second");
        assertThat(tables()).isEmpty();
        Run again = db("migrate", "--mark-run", "2");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEmpty();
        assertThat(db("migrate", "--query", "name").out()).isEqualTo("\"third\"\n");
        assertThat(db("migrate", "--mark-run", "7").exit()).isEqualTo(3);
        assertThat(db("migrate", "--mark-run", "2", "--status").exit()).isEqualTo(2);
    }

    @Test
    void markRunOfAFileThatWasChangedIsRefused() throws IOException {
        db("migrate");
        migration("2_second", "create table b (a int, more text)", "drop table b");
        assertThat(db("migrate", "--mark-run", "2").exit()).isEqualTo(6);
    }

    @Test
    void whatOneMigrationSetsIsForgottenBeforeTheNext() throws IOException {
        migration("1_first", "set search_path to ''; create table public.a (a int)", "drop table a");
        assertThat(db("migrate").exit()).isZero();
        assertThat(tables()).containsExactly("a", "b", "c");
    }

    @Test
    void aMigrationWithoutAWayBackSaysSo() throws IOException {
        Files.writeString(folder.resolve("11_fourth.sql"), "-- up\ncreate table d (a int);\n");
        db("migrate");
        Run run = db("rollback");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("11_fourth.sql has no '-- down'");
        assertThat(tables()).contains("d");
    }

    @Test
    void oneWhoseFileIsElsewhereIsLeftAlone() throws IOException {
        db("migrate");
        Files.delete(folder.resolve("10_third.sql"));
        assertThat(db("migrate").exit()).isZero();
        assertThat(db("migrate", "--status", "--query", "state").out()).endsWith("\"without file\"\n");
        Run rollback = db("rollback");
        assertThat(rollback.exit()).isEqualTo(3);
        assertThat(rollback.err()).contains("the file of 0010_third is not in " + folder);
    }

    @Test
    void whileOneIsAtWorkTheOtherWaitsAndSaysForWhom() throws Exception {
        try (Connection holder = database.connect("a-deployment");
                Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(x'64796e61636f67'::bigint)");
            CompletableFuture<Run> migrate = CompletableFuture.supplyAsync(() -> db("migrate"));
            awaitRow("select 1 from pg_stat_activity where datname = current_database()"
                    + " and query like 'select pg_try_advisory_lock%' and state = 'idle'");
            assertThat(migrate).isNotDone();
            statement.execute("select pg_advisory_unlock_all()");
            Run run = migrate.get(20, TimeUnit.SECONDS);
            assertThat(run.exit()).isZero();
            assertThat(run.err())
                    .containsPattern("waiting  another migrate or rollback is running"
                            + " \\(pid \\d+, postgres from 127\\.0\\.0\\.1, a-deployment\\)");
        }
        assertThat(tables()).containsExactly("a", "b", "c");
    }

    private void awaitRow(String query) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (database.rows(query).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(query);
            }
        }
    }

    @Test
    void severalAtOnceRunEachMigrationOnce() throws Exception {
        migration("2_second", "create table b (a int); select pg_sleep(0.2)", "drop table b");
        List<CompletableFuture<Run>> runs = List.of(
                CompletableFuture.supplyAsync(() -> db("migrate")),
                CompletableFuture.supplyAsync(() -> db("migrate")),
                CompletableFuture.supplyAsync(() -> db("migrate")));
        int reported = 0;
        for (CompletableFuture<Run> run : runs) {
            assertThat(run.get(30, TimeUnit.SECONDS).exit()).isZero();
            reported += run.get().outLines().size();
        }
        assertThat(reported).isEqualTo(3);
        assertThat(recorded()).containsExactly("1|first", "2|second", "10|third");
    }

    @Test
    void anOldDatabaseIsSeededAsItIs() {
        database.execute(OLD_SCHEMA);
        assertThat(cli.run("db", "seed").out()).contains("\"rows\":5");
        assertThat(cli.run("db", "seed").out()).contains("\"rows\":0");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
    }

    @Test
    void schemaLoadLeavesAnOldDatabaseAloneAndMigrateBringsItUpToDateWithItsRows(LocalServers servers) {
        database.execute(OLD_SCHEMA);
        cli.run("db", "seed");
        Run load = cli.run("db", "schema-load");
        assertThat(load.exit()).isEqualTo(6);
        assertThat(load.err()).contains("dynacog db migrate");
        assertThat(cli.run("db", "migrate").exit()).isZero();
        assertThat(cli.run("db", "schema-load").out()).contains("\"action\":\"same\"");
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");

        TestDatabase fresh = TestDatabase.empty(servers);
        assertThat(cli.with("CONNECTION_URL", fresh.url())
                        .run("db", "schema-load")
                        .exit())
                .isZero();
        for (String shape : List.of(
                "select table_name, column_name, data_type, is_nullable, column_default"
                        + " from information_schema.columns where table_schema = 'public' order by 1, 2",
                "select conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint"
                        + " where connamespace = 'public'::regnamespace order by 1, 2",
                "select indexdef from pg_indexes where schemaname = 'public' order by 1",
                "select number, name, checksum from public.dynacog_migrations order by 1")) {
            assertThat(database.rows(shape)).isEqualTo(fresh.rows(shape)).isNotEmpty();
        }
    }

    @Test
    void theShippedMigrationsCanBeUndoneAndRunAgain() {
        cli.run("db", "schema-load");
        cli.run("db", "seed");
        assertThat(cli.run("db", "rollback", "--to", "0").exit()).isZero();
        assertThat(cli.run("db", "seed").out()).contains("\"rows\":0");
        assertThat(cli.run("db", "migrate").exit()).isZero();
        assertThat(database.rows("select count(*) from public.users")).containsExactly("4");
    }

    @Test
    void twoUsersWithOneHandleAreNamedBeforeAnythingIsChanged() {
        database.execute(OLD_SCHEMA);
        cli.run("db", "seed");
        database.execute("insert into public.users (display_name, handle, email, cognito_user_id)"
                + " values ('B', 'bayko', 'b@example.com', 'MOCK')");
        Run run = cli.run("db", "migrate");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("0001_unique_users.sql:5: could not create unique index \"users_handle_key\":"
                        + " Key (handle)=(bayko) is duplicated.");
        assertThat(cli.run("db", "migrate", "--status", "--query", "state").out())
                .isEqualTo("\"pending\"\n\"pending\"\n\"pending\"\n");
    }

    @Test
    void aSchemaOfOnesOwnSaysWhichMigrationsItContains() throws IOException {
        Path schema = Files.writeString(
                folder.resolve("schema.txt"), "-- contains migrations up to 2\ncreate table a (a int);\n");
        assertThat(db("schema-load", schema.toString()).out())
                .contains("\"migrations\":[\"0001_first\",\"0002_second\"]");
        assertThat(recorded()).containsExactly("1|first", "2|second");
        assertThat(db("migrate", "--query", "name").out()).isEqualTo("\"third\"\n");
        Files.writeString(schema, "-- contains migrations up to 5\n");
        Run unknown = db("schema-load", schema.toString());
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.err()).contains(schema + ":1: there is no migration 5 in " + folder);
    }

    @Test
    void aSchemaThatFailsNotesNothing() throws IOException, SQLException {
        Path schema = Files.writeString(
                folder.resolve("schema.txt"), "-- contains migrations up to 2\ncreate table a (a int);\nselect x;\n");
        assertThat(db("schema-load", schema.toString()).exit()).isEqualTo(1);
        assertThat(tables()).isEmpty();
        assertThat(database.rows("select to_regclass('public.dynacog_migrations')"))
                .containsExactly("null");
    }
}
