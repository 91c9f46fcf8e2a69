package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.UsersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrong pool, the wrong rights, other people's locks, and an audit that must not fail silently. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(120)
class IdSyncSafetyTest {
    private final List<String> users = new ArrayList<>();
    private final StubCognito pool =
            new StubCognito((request, body) -> Answer.ok(StubCognito.pageOf(List.copyOf(users), "")));
    private final TestDatabase database;
    private String url;

    IdSyncSafetyTest(LocalServers servers) {
        database = TestDatabase.empty(servers);
        url = database.url();
    }

    @BeforeEach
    void makeTable() {
        UsersTable.OLD.createIn(database);
        for (int i = 0; i < 4; i++) {
            user(i);
            UsersTable.insert(database, "user" + i, "MOCK");
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void user(int number) {
        users.add(StubCognito.user(
                "u" + number, "CONFIRMED", "\"preferred_username\":\"user" + number + "\"", StubCognito.sub(number)));
    }

    private Run sync(String... options) {
        List<String> arguments = new ArrayList<>(List.of("update-cognito-user-ids"));
        arguments.addAll(List.of(options));
        return pool.cli().with("CONNECTION_URL", url).run(arguments.toArray(String[]::new));
    }

    private List<String> ids() {
        return database.rows("select cognito_user_id from users order by handle");
    }

    private void assertNothingWasWritten() {
        assertThat(ids()).containsOnly("MOCK");
    }

    /** Somebody with these rights on the table, and none to make temporary tables. */
    private void signInWith(String rights) {
        String role = "r_" + database.name();
        UsersTable.run(
                database,
                "revoke temporary on database " + database.name() + " from public",
                "drop role if exists " + role,
                "create role " + role + " login password 'r'",
                "grant " + rights + " on users to " + role);
        url = database.url().replace("postgres:password@", role + ":r@");
    }

    @Test
    void checkAndDryRunWorkOnAReadOnlyServerAndAWriteIsRefusedBeforeThePoolIsListed() {
        database.execute("alter database " + database.name() + " set default_transaction_read_only = on");
        assertThat(sync("--check").exit()).isEqualTo(6);
        assertThat(sync("--dry-run").exit()).isZero();
        int asked = pool.bodies().size();
        Run write = sync();
        assertThat(write.exit()).isEqualTo(4);
        assertThat(write.err()).contains("is read-only; 0 rows were changed").contains("use --check or --dry-run");
        assertThat(pool.bodies()).hasSize(asked);
        assertNothingWasWritten();
    }

    @Test
    void checkAndDryRunNeedNoMoreThanSelectOfTwoColumns() {
        signInWith("select (handle, cognito_user_id)");
        Run check = sync("--check");
        assertThat(check.err()).isEmpty();
        assertThat(check.exit()).isEqualTo(6);
        assertThat(sync("--dry-run").exit()).isZero();
        Run write = sync();
        assertThat(write.exit()).isEqualTo(4);
        assertThat(write.err())
                .contains("permission denied: update of column cognito_user_id")
                .contains("0 rows");
        assertNothingWasWritten();
    }

    @Test
    void aWriteNeedsNoMoreThanSelectAndUpdateOfItsColumn() {
        signInWith("select, update (cognito_user_id)");
        Run write = sync();
        assertThat(write.err()).isEmpty();
        assertThat(write.exit()).isZero();
        assertThat(ids()).doesNotContain("MOCK");
    }

    /** The plan was fine, and the write ended with "permission denied for table users". */
    @Test
    void aWriteThatMayReadColumnsOnlyIsRefusedBeforeThePoolIsListed() {
        signInWith("select (handle, cognito_user_id), update (cognito_user_id)");
        assertThat(sync("--check").exit()).isEqualTo(6);
        int asked = pool.bodies().size();
        Run write = sync();
        assertThat(write.exit()).isEqualTo(4);
        assertThat(write.err())
                .contains("permission denied: select on table public.users as a whole; 0 rows were changed");
        assertThat(pool.bodies()).hasSize(asked);
        assertNothingWasWritten();
    }

    @Test
    void aRowThatAConstraintRefusesIsNotTold() {
        database.execute("alter table users add constraint no_subs check (cognito_user_id = 'MOCK')");
        Run run = sync();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("(column cognito_user_id): ", "\"no_subs\"; 0 rows were changed")
                .doesNotContain("Failing row", "x@example.com");
        assertNothingWasWritten();
    }

    @Test
    void writersOfOtherRowsDoNotWait() throws SQLException {
        UsersTable.insert(database, "other", "MOCK");
        database.execute("create function look() returns trigger language plpgsql as $$ begin"
                + " perform pg_advisory_xact_lock(4712); return new; end $$");
        database.execute(
                "create trigger look before update of cognito_user_id on users for each row execute function look()");
        try (Connection gate = database.connect("gate");
                Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(4712)");
            Thread writing = new Thread(
                    () -> assertThat(sync("--lock-timeout", "60").exit()).isZero());
            writing.start();
            while (database.rows("select 1 from pg_locks where locktype = 'advisory' and objid = 4712 and not granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            database.execute(
                    "set lock_timeout = '2s'; update users set email = 'new' where handle = 'other';"
                            + " insert into users (display_name, handle, email, cognito_user_id) values ('x', 'late', 'x', 'MOCK')");
            statement.execute("select pg_advisory_unlock(4712)");
            writing.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(database.rows("select count(*) from users where cognito_user_id = 'MOCK'"))
                .containsExactly("2");
    }

    /** Its row is at another place then, and still the one that was planned. */
    @Test
    void anotherColumnThatSomebodyWritesMeanwhileIsNoReasonToGiveUp() throws SQLException, InterruptedException {
        Thread writing =
                new Thread(() -> assertThat(sync("--lock-timeout", "60").exit()).isZero());
        try (Connection other = database.connect("other");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update users set email = 'new' where handle = 'user2'");
            writing.start();
            while (database.rows("select 1 from pg_locks where locktype = 'transactionid' and not granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            other.commit();
        }
        writing.join();
        assertThat(ids()).doesNotContain("MOCK");
        assertThat(database.rows("select email from users where handle = 'user2'"))
                .containsExactly("new");
    }

    @Test
    void aRowWhoseSubSomebodyWritesMeanwhileIsNotOverwritten() throws SQLException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        Thread writing = new Thread(() -> runs.add(sync("--lock-timeout", "60")));
        try (Connection other = database.connect("other");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update users set cognito_user_id = 'theirs' where handle = 'user2'");
            writing.start();
            while (database.rows("select 1 from pg_locks where locktype = 'transactionid' and not granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            other.commit();
        }
        writing.join();
        assertThat(runs.get(0).exit()).isEqualTo(1);
        assertThat(runs.get(0).err())
                .startsWith("error  the table was changed since the plan was made; 0 rows")
                .contains("a policy or trigger on the table may interfere");
        assertThat(ids()).containsExactly("MOCK", "MOCK", "theirs", "MOCK");
    }

    @Test
    void batchesAreTransactionsOfTheirOwnAndAFailureSaysHowManyRowsWereChanged(@TempDir Path folder)
            throws IOException {
        database.execute("create function fault() returns trigger language plpgsql as $$ begin"
                + " if new.handle = 'user2' then raise exception 'not this one'; end if; return new; end $$");
        database.execute("create trigger fault before update on users for each row execute function fault()");
        Path audit = folder.resolve("audit");
        Run run = sync("--batch", "2", "--audit", audit.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("not this one; 2 rows were changed");
        assertThat(ids()).containsExactly(StubCognito.sub(0), StubCognito.sub(1), "MOCK", "MOCK");
        assertThat(Files.readAllLines(audit))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"transaction\":1,\"handle\":\"user0\""),
                        line -> assertThat(line).contains("\"transaction\":1,\"handle\":\"user1\""),
                        line -> assertThat(line)
                                .contains("\"event\":\"committed\"")
                                .contains("\"rows\":2"),
                        line -> assertThat(line)
                                .contains("\"event\":\"rolled_back\"")
                                .contains("\"transaction\":2"));
        database.execute("drop trigger fault on users");
        assertThat(sync("--batch", "2").exit()).isZero();
        assertThat(ids()).doesNotContain("MOCK");
    }

    @Test
    void replacedSubsAreCountedApartAndLimited() {
        UsersTable.run(
                database, "update users set cognito_user_id = '" + StubCognito.sub(77) + "' where handle = 'user1'");
        Run limited = sync("--max-replaced", "0");
        assertThat(limited.exit()).isEqualTo(2);
        assertThat(limited.err()).contains("1 row has a sub and would get another, more than 0; 0 rows were changed");
        assertThat(limited.out()).contains("\"to_update\":4").contains("\"replaced\":1");
        assertThat(sync("--check", "--max-replaced", "0").exit()).isEqualTo(2);
        assertThat(sync("--max-replaced", "1").exit()).isZero();
        assertThat(ids()).doesNotContain("MOCK");
    }

    @Test
    void aGuardedEnvironmentReplacesNothingUnlessToldHowMany() {
        UsersTable.run(
                database, "update users set cognito_user_id = '" + StubCognito.sub(77) + "' where handle = 'user1'");
        System.setProperty("aws.accessKeyId", "x");
        System.setProperty("aws.secretAccessKey", "y");
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("--env", "prod", "update-cognito-user-ids", "--confirm", database.name()));
            Run refused = guarded(arguments);
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("more than 0; 0 rows were changed");
            arguments.addAll(List.of("--max-replaced", "1"));
            assertThat(guarded(arguments).exit()).isZero();
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
        assertThat(ids()).doesNotContain("MOCK");
    }

    private Run guarded(List<String> arguments) {
        return pool.cli()
                .with("AWS_REGION", "eu-west-1")
                .with("AWS_ENDPOINT_URL_STS", "http://localhost:1")
                .with("PROD_CONNECTION_URL", url)
                .run(arguments.toArray(String[]::new));
    }

    /** It wrote subs over every e-mail address, and the exit code was 0. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "display_name"})
    void aColumnOfOtherDataIsRefusedWithoutForceAndItsValuesAreNotTold(String column) {
        String all = "select email, display_name, cognito_user_id from users";
        List<String> before = database.rows(all);
        for (String option : List.of("--strict", "--check", "--insert-missing")) {
            Run run = sync("--column", column, option);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .isEqualTo("error  column " + column + " has values that are not subs in 4 rows; 0 rows were"
                            + " changed\nhint   check that this is the right column, not one for e-mail addresses or"
                            + " names; pass --force to proceed\n");
            assertThat(run.out()).contains("\"replaced\":4");
        }
        assertThat(sync("--column", column, "--force", "--max-replaced", "3").exit())
                .isEqualTo(2);
        assertThat(database.rows(all)).isEqualTo(before);
        Run page = sync("--column", column, "--dry-run", "-o", "table");
        assertThat(page.out())
                .containsPattern("replacing another value +4   is it the right column\\?")
                .doesNotContain("replacing another sub", "x@example.com");
        assertThat(sync("--column", column, "--force").exit()).isZero();
    }

    @Test
    void aValueThatIsNoSubIsReplacedOnlyWhereThatIsAllowed() {
        for (int i = 0; i < 2; i++) {
            UsersTable.run(
                    database,
                    "update users set cognito_user_id = '" + StubCognito.sub(i) + "' where handle = 'user" + i + "'");
        }
        UsersTable.run(
                database,
                "update users set cognito_user_id = 'legacy-7' where handle = 'user2'",
                "update users set cognito_user_id = '' where handle = 'user3'");
        Run limited = sync("--max-replaced", "0");
        assertThat(limited.exit()).isEqualTo(2);
        assertThat(limited.err())
                .contains("1 row has a value and would lose it (1 is not a sub), more than 0; 0 rows were changed")
                .contains("check that this is the right column; pass --max-replaced 1 to proceed")
                .doesNotContain("legacy-7");
        assertThat(limited.out()).contains("\"to_update\":2").contains("\"replaced\":1");
        assertThat(sync("--max-replaced", "1").exit()).isZero();
        assertThat(sync("--check").exit()).isZero();
    }

    @Test
    void aPoolThatSharesNobodyWithATableFullOfSubsIsRefused() {
        for (int i = 0; i < 3; i++) {
            UsersTable.run(
                    database,
                    "update users set cognito_user_id = '" + StubCognito.sub(70 + i) + "' where handle = 'user" + i
                            + "'");
        }
        Run refused = sync();
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("3 rows have subs, and none belongs to a user of this pool; 0 rows");
        assertThat(sync("--check").exit()).isEqualTo(2);
        assertThat(sync("--force").exit()).isZero();
        assertThat(ids()).doesNotContain("MOCK");
    }

    @Test
    void theMatchedColumnCannotTakeTheSub() {
        Run run = sync("--column", "handle");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--column handle is the column used by --match");
    }

    @Test
    void anAttributeThatNobodyHasIsAFailure() {
        for (String option : List.of("--strict", "--check", "--dry-run")) {
            Run run = sync("--match", "nickname=handle", option);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("none of the 4 users of pool eu-west-1_AbC123DeF has the attribute nickname; 0 rows")
                    .contains("users have preferred_username, sub");
        }
    }

    @Test
    void aMatchThatNoUserAndRowShareIsAFailure() {
        for (String option : List.of("--strict", "--check", "--dry-run")) {
            Run run = sync("--match", "sub=handle", option);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith(
                            "error  none of the 4 users matches any of the 4 rows by sub=handle; 0 rows were changed");
        }
        assertNothingWasWritten();
    }

    /** Who is missing has more than a handle where the table asks for it. */
    @Test
    void theInsertRightIsNeededOnlyWhenSomebodyIsMissing() {
        signInWith("select, update (cognito_user_id)");
        assertThat(sync("--insert-missing").exit()).isZero();
        users.add(StubCognito.user(
                "u4",
                "CONFIRMED",
                "\"preferred_username\":\"user4\",\"email\":\"user4@example.com\"",
                StubCognito.sub(4)));
        assertThat(sync("--insert-missing", "--check").exit()).isEqualTo(6);
        Run run = sync("--insert-missing");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).startsWith("error  permission denied: insert of column ");
        assertThat(database.rows("select count(*) from users")).containsExactly("4");
    }

    @Test
    void theAuditSaysWhoWroteWhatWhereAndIsItsOwnersAlone(@TempDir Path folder) throws IOException {
        Path audit = folder.resolve("audit");
        assertThat(sync("--audit", audit.toString()).exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(audit)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(audit))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"operator\":\"" + System.getProperty("user.name") + "\"")
                        .contains("\"account\":null")
                        .contains("\"pool\":\"eu-west-1_AbC123DeF\"")
                        .contains("\"host\":\"localhost:")
                        .contains("\"database\":\"" + database.name() + "\"")
                        .contains("\"table\":\"public.users\"")
                        .contains("\"column\":\"cognito_user_id\"")
                        .contains("\"match\":\"preferred_username=handle\""));
    }

    /** A disk that takes the first lines: what is in the file afterwards is whole lines, and in the table nothing. */
    @Test
    void aDiskThatIsFullInTheMidstOfTheAuditEndsTheRunWithNothingWritten(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeThat(ended("mount", "-t", "tmpfs", "-o", "size=8k,mode=700", "tmpfs", folder.toString()))
                .describedAs("mounts are possible, which takes root")
                .isZero();
        try {
            for (int i = 4; i < 60; i++) {
                user(i);
                UsersTable.insert(database, "user" + i, "MOCK");
            }
            Path audit = folder.resolve("audit");
            Run run = sync("--audit", audit.toString());
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .isEqualTo("error  the audit file " + audit
                            + " cannot be written: No space left on device; 0 rows were changed\nhint   check the free"
                            + " space on its disk\n");
            assertThat(Files.readString(audit)).matches("(?s)(\\{[^\n]*\\}\n)*");
            assertNothingWasWritten();
        } finally {
            ended("umount", "--lazy", folder.toString());
        }
    }

    private static int ended(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void anAuditThatCannotBeWrittenEndsTheRunBeforeThePoolIsListed(@TempDir Path folder) throws IOException {
        Path cut = Files.writeString(folder.resolve("cut"), "{\"run\":\"x\"}\n{\"run");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
        Path victim = Files.writeString(folder.resolve("victim"), "");
        Path hard = Files.createLink(folder.resolve("hard"), victim);
        for (Path audit : List.of(cut, link, hard, folder, folder.resolve("no/folder"), Path.of("/dev/full"))) {
            Run run = sync("--audit", audit.toString());
            assertThat(run.exit()).describedAs(run.err()).isEqualTo(2);
            assertThat(run.err())
                    .contains("the audit file " + audit + " cannot be written: ")
                    .contains("; 0 rows were");
        }
        assertThat(pool.bodies()).isEmpty();
        assertThat(Files.exists(folder.resolve("elsewhere"))).isFalse();
        assertThat(victim).isEmptyFile();
        assertThat(cut).hasContent("{\"run\":\"x\"}\n{\"run");
        assertNothingWasWritten();
    }
}
