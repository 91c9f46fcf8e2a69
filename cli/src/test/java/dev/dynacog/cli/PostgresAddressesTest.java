package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.Trap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address, a service and psql's variables and files say, and where that leads. */
@ExtendWith(LocalServers.Extension.class)
@Timeout(60)
class PostgresAddressesTest {
    private final TestDatabase database;

    private final Path home;
    private final Cli cli;

    PostgresAddressesTest(LocalServers servers, @TempDir Path home) {
        database = TestDatabase.empty(servers);
        this.home = home;
        cli = Cli.inPipe().with("HOME", home.toString()).with("PATH", "/nonexistent");
    }

    private String address(String rest) {
        return "postgresql://postgres:password@" + database.hostAndPort() + "/" + database.name() + rest;
    }

    private String withoutPassword() {
        return "postgresql://postgres@" + database.hostAndPort() + "/" + database.name();
    }

    private Run look(Cli with) {
        return with.run("db", "sessions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?PGHOST=127.0.0.1&PGPORT=%1$d",
                "?PGPORT=%1$d",
                "?hostaddr=127.0.0.1",
                "?port=%1$d",
                "?host=127.0.0.1&port=%1$d",
                "?socketFactory=org.postgresql.ssl.NonValidatingFactory",
                "?sslfactory=org.postgresql.ssl.NonValidatingFactory&sslmode=require"
            })
    void noParameterLeadsToAnotherHostThanTheOneThatIsShown(String parameters) throws IOException {
        try (Trap trap = Trap.set()) {
            for (String scheme : new String[] {"", "jdbc:"}) {
                Run run = look(cli.with("CONNECTION_URL", scheme + address(parameters.formatted(trap.port()))));
                assertThat(run.exit()).isEqualTo(2);
                assertThat(run.err()).startsWith("error  CONNECTION_URL ").doesNotContain("postgres:password");
            }
            assertThat(trap.caught()).isZero();
        }
    }

    /** The service says where, so the guard judges what it says. */
    @Test
    void theHostOfAServiceIsTheOneThatIsJudgedShownAndConnectedTo() throws IOException {
        String[] place = database.hostAndPort().split(":", -1);
        Path file =
                Files.writeString(home.resolve(".pg_service.conf"), """
                # services
                [here]
                host=%s
                port=%s
                dbname=%s
                user=postgres
                password=password

                [there]
                host=10.99.0.1
                dbname=app
                user=app
                """.formatted(place[0], place[1], database.name()));
        for (Cli way : new Cli[] {
            cli.with("CONNECTION_URL", "postgresql://?service=here"),
            cli.with("CONNECTION_URL", "postgresql://").with("PGSERVICE", "here"),
            cli.with("CONNECTION_URL", "postgresql://")
                    .with("PGSERVICE", "here")
                    .with("PGHOST", "10.99.0.1")
                    .with("PGPORT", "1"),
            cli.with("CONNECTION_URL", "postgresql://?service=here")
                    .with("HOME", "/nonexistent")
                    .with("PGSERVICEFILE", file.toString())
        }) {
            assertThat(look(way)).extracting(Run::exit, Run::err).containsExactly(0, "");
            assertThat(way.run("config", "show", "-o", "csv").out())
                    .contains("guarded,false,")
                    .contains("postgres.url,postgresql://postgres:****@" + database.hostAndPort() + "/"
                            + database.name() + ",CONNECTION_URL with service here");
        }
        Cli elsewhere = cli.with("CONNECTION_URL", "postgresql://?service=there");
        assertThat(elsewhere.run("config", "show", "-o", "csv").out())
                .contains("guarded,true,10.99.0.1 is not on this machine or its network")
                .contains("postgresql://app@10.99.0.1:5432/app");
        Run drop = elsewhere.run("db", "drop");
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err()).contains("guarded").contains("10.99.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "hostaddr=127.0.0.1, :2 has the parameter 'hostaddr'",
        "sslmod=require, :2 has an unknown parameter 'sslmod'",
        "sslmode=bogus, :2 sets sslmode to 'bogus'",
        "ldap://x/y, :2 has no '='",
        "service=x, :2 names a service within a service"
    })
    void aMistakeInAServiceIsToldWithFileAndLine(String line, String told) throws IOException {
        Path file = Files.writeString(home.resolve(".pg_service.conf"), "[x]\n" + line + "\n");
        Run run = look(cli.with("CONNECTION_URL", "postgresql://u@localhost/db?service=x"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  " + file + told);
    }

    @Test
    void aServiceThatNobodyDefinesIsAnError() {
        Run run = look(cli.with("CONNECTION_URL", "postgresql://?service=x"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no service 'x' in " + home.resolve(".pg_service.conf"));
    }

    @Test
    void theVariablesOfPsqlFillWhatTheAddressLeavesOut() {
        String[] place = database.hostAndPort().split(":", -1);
        Cli filled = cli.with("CONNECTION_URL", "postgresql://")
                .with("PGHOST", place[0])
                .with("PGPORT", place[1])
                .with("PGDATABASE", database.name())
                .with("PGUSER", "postgres")
                .with("PGPASSWORD", "password");
        assertThat(look(filled)).extracting(Run::exit, Run::err).containsExactly(0, "");
        Cli given = cli.with("CONNECTION_URL", address(""))
                .with("PGHOST", "10.99.0.1")
                .with("PGHOSTADDR", "10.99.0.1")
                .with("PGDATABASE", "other")
                .with("PGPASSWORD", "wrong");
        assertThat(look(given)).extracting(Run::exit, Run::err).containsExactly(0, "");
    }

    @Test
    void theVariablesOfPsqlDontTouchTheAddressesThatAreDynacogsOwn() {
        assertThat(cli.with("PGHOST", "10.99.0.1")
                        .with("PGSERVICE", "nothing")
                        .with("PGSSLMODE", "verify-full")
                        .run("config", "show", "-o", "csv")
                        .out())
                .contains("postgres.url,postgresql://postgres:****@localhost:5432/cruddur,default");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thePasswordFileIsBelievedWhenItIsNobodyElses() throws IOException {
        Path file = Files.writeString(
                home.resolve(".pgpass"),
                "#comment\nother:*:*:*:wrong\n" + database.hostAndPort() + ":" + database.name()
                        + ":postgres:password\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(look(cli.with("CONNECTION_URL", withoutPassword())))
                .extracting(Run::exit, Run::err)
                .containsExactly(0, "");
        // A database that the file doesn't name is made by the same password as the one it is for.
        assertThat(cli.with("CONNECTION_URL", withoutPassword())
                        .run("db", "create")
                        .exit())
                .isZero();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Run open = look(cli.with("CONNECTION_URL", withoutPassword()));
        assertThat(open.exit()).isEqualTo(4);
        assertThat(open.err())
                .startsWith(file + " is ignored: other users can access it; run chmod 600 on it\nerror  Postgres at "
                        + database.hostAndPort() + " refused:");
        // Where the file isn't needed, nothing is said of it.
        assertThat(look(cli.with("CONNECTION_URL", address(""))).err()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anotherPasswordFileMayBeNamed() throws IOException {
        Path file = Files.writeString(home.resolve("mine"), "*:*:*:*:password\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(look(cli.with("CONNECTION_URL", withoutPassword()).with("PGPASSFILE", file.toString()))
                        .exit())
                .isZero();
        assertThat(look(cli.with("CONNECTION_URL", withoutPassword() + "?passfile=" + file))
                        .exit())
                .isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void eachHostMaySeeItsOwnPasswordAlone() throws IOException {
        try (Trap trap = Trap.set()) {
            Path file = Files.writeString(
                    home.resolve(".pgpass"),
                    "127.0.0.1:" + trap.port() + ":*:*:password\n" + database.hostAndPort() + ":*:*:other\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Run run = look(cli.with(
                    "CONNECTION_URL",
                    "postgresql://postgres@127.0.0.1:" + trap.port() + "," + database.hostAndPort() + "/"
                            + database.name()));
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("different passwords for hosts");
            assertThat(trap.caught()).isZero();
        }
    }

    @Test
    void aMissingOrAWrongPasswordIsExitFour() {
        Run missing = look(cli.with("CONNECTION_URL", withoutPassword()));
        assertThat(missing.exit()).isEqualTo(4);
        assertThat(missing.err())
                .contains("it requires a password and none is set")
                .contains("set PGPASSWORD or ~/.pgpass");
        Run wrong = look(cli.with("CONNECTION_URL", address("").replace(":password", ":other")));
        assertThat(wrong.exit()).isEqualTo(4);
        assertThat(wrong.err()).contains("password authentication failed");
    }

    @ParameterizedTest
    @CsvSource({
        "?sslmode=bogus, 'CONNECTION_URL sets sslmode to ''bogus''', 'it is disable, allow, prefer, require, verify-ca or"
                + " verify-full'",
        "?sslmode=verify_full, 'CONNECTION_URL sets sslmode to ''verify_full''', did you mean verify-full?",
        "?sslmod=verify-full, CONNECTION_URL has an unknown parameter 'sslmod', did you mean sslmode?",
        "?SSLMODE=verify-full, CONNECTION_URL has an unknown parameter 'SSLMODE', did you mean sslmode?",
        "?foo=1, CONNECTION_URL has an unknown parameter 'foo', see docs/postgres-addresses.md"
    })
    void aParameterThatNobodyKnowsIsAUsageError(String parameters, String error, String hint) {
        Run run = look(cli.with("CONNECTION_URL", address(parameters)));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  " + error).contains("hint   " + hint);
    }

    @Test
    void aVariableThatSetsNonsenseIsNamed() {
        Run run = look(cli.with("CONNECTION_URL", address("")).with("PGSSLMODE", "bogus"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  PGSSLMODE sets sslmode to 'bogus'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.99.0.1", "172.29.99.1", "192.168.253.7", "[fd99::7]", "169.254.9.9", "db-that-nobody-has"})
    void localPointedElsewhereIsGuardedAndSaysSo(String host) {
        Cli elsewhere = cli.with("CONNECTION_URL", "postgresql://app@" + host + "/app");
        Run drop = elsewhere.run("db", "drop");
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err())
                .startsWith("error  environment local is guarded (" + host + " is not on this machine or its network)");
        Run asked = elsewhere.atTerminal(200, "no\n").run("db", "seed");
        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.err()).contains("local leads elsewhere: " + host + " is not on this machine or its network");
    }

    @ParameterizedTest
    @CsvSource({
        "'127.0.0.1:%1$d,localhost:%1$d', '', a token is for one host",
        "127.0.0.1:%1$d, ?sslmode=disable, sslmode=disable",
        "127.0.0.1:%1$d, ?sslmode=prefer, sslmode=prefer",
        "127.0.0.1:%1$d, ?sslmode=require, sslmode=require",
        "127.0.0.1:%1$d, ?sslmode=verify-ca, sslmode=verify-ca",
        "127.0.0.1:%1$d, ?sslmode=require&sslrootcert=ca.pem, sslmode=verify-ca"
    })
    void aTokenGoesToOneHostWhoseCertificateWasChecked(String hosts, String parameters, String told)
            throws IOException {
        try (Trap trap = Trap.set()) {
            Run run = cli.with("CONNECTION_URL", "postgresql://app@" + hosts.formatted(trap.port()) + "/x" + parameters)
                    .run("update-cognito-user-ids", "--dry-run", "--rds-iam");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).startsWith("error  a token ").contains(told);
            assertThat(trap.caught()).isZero();
        }
    }
}
