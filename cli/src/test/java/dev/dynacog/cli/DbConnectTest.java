package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DbConnectTest {
    private static Cli withPsql(Path folder) throws IOException {
        Path psql = Files.writeString(folder.resolve("psql"), """
                #!/bin/sh
                printf '%%s\\n' "$@" > '%1$s/arguments'
                env > '%1$s/environment'
                exit 7
                """.formatted(folder));
        Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Cli.inPipe().with("PATH", "/nonexistent:" + folder + ":/usr/bin:/bin");
    }

    private static List<String> environment(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("environment"));
    }

    private static Cli prod(Path folder) throws IOException {
        return withPsql(folder)
                .with("PROD_CONNECTION_URL", "postgresql://app:s3cret@db.internal/cruddur")
                .with("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1")
                .with("AWS_REGION", "eu-west-1");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theNameThatIsTypedAllowsNoWritesToAnotherHostThanThePinnedOne(@TempDir Path folder) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(".config/dynacog")).resolve("dynacog.yaml"),
                "environments: {prod: {postgres: {host: other.internal}}}\n");
        Cli cli = prod(folder).with("HOME", folder.toString());
        Run typed = cli.atTerminal(200, "cruddur\n").run("--env", "prod", "db", "connect");
        assertThat(typed.err()).contains("environment prod is pinned: ").contains("nothing was changed");
        assertThat(typed.exit()).isEqualTo(2);
        assertThat(folder.resolve("arguments")).doesNotExist();
        assertThat(cli.atTerminal(200, "\n")
                        .run("--env", "prod", "db", "connect")
                        .exit())
                .isEqualTo(7);
        assertThat(environment(folder)).contains("PGOPTIONS=-c default_transaction_read_only=on");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void psqlGetsThePasswordByItsEnvironmentAndNeverAsAnArgument(@TempDir Path folder) throws IOException {
        Run run = withPsql(folder)
                .with("CONNECTION_URL", "postgresql://app:s3cr%40t@127.0.0.1:6543/cruddur?sslmode=require")
                .with("PGPASSWORD", "another")
                .run("db", "connect", "--", "-c", "select 1");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsExactly(
                        "--dbname=postgresql://app@127.0.0.1:6543/cruddur?sslmode=require",
                        "--set=ON_ERROR_STOP=1",
                        "-c",
                        "select 1");
        assertThat(environment(folder)).contains("PGPASSWORD=s3cr@t");
    }

    /** Every variable of psql's that has to do with connecting is in the address already, or has lost against it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noVariableLeadsPsqlElsewhere(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(".pg_service.conf"), "[other]\nhost=10.99.0.1\nsslmode=disable\n");
        Run run = withPsql(folder)
                .with("HOME", folder.toString())
                .with("CONNECTION_URL", "postgresql://app:x@127.0.0.1:6543/cruddur")
                .with("PGHOST", "10.99.0.1")
                .with("PGHOSTADDR", "10.99.0.1")
                .with("PGSERVICE", "other")
                .with("PGSERVICEFILE", folder.resolve(".pg_service.conf").toString())
                .with("PGSYSCONFDIR", "/elsewhere")
                .with("PGTARGETSESSIONATTRS", "any")
                .with("PGSSLMODE", "require")
                .with("PGTZ", "UTC")
                .run("db", "connect");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsExactly(
                        "--dbname=postgresql://app@127.0.0.1:6543/cruddur?sslmode=disable&target_session_attrs=any",
                        "--set=ON_ERROR_STOP=1");
        assertThat(environment(folder).stream().filter(line -> line.startsWith("PG")))
                .containsExactlyInAnyOrder("PGPASSWORD=x", "PGTZ=UTC", "PGPASSFILE=" + folder.resolve(".pgpass"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anArgumentThatNamesAnotherHostIsRefused(@TempDir Path folder) throws IOException {
        Run run = withPsql(folder)
                .with("CONNECTION_URL", "postgresql://app:x@127.0.0.1/cruddur")
                .run("db", "connect", "--", "-h", "db.example.com");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  psql's argument '-h' names a database");
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aGuardedEnvironmentIsReadOnlyAndNamedWithoutThePassword(@TempDir Path folder) throws IOException {
        Run run = prod(folder)
                .with("PGOPTIONS", "-c default_transaction_read_only=off")
                .run("--env", "prod", "db", "connect");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.err())
                .contains(" prod ")
                .contains("app at db.internal:5432/cruddur")
                .contains("read-only; pass --confirm cruddur to allow writes")
                .doesNotContain("s3cret");
        assertThat(Files.readAllLines(folder.resolve("arguments"))).contains("--no-psqlrc");
        // The last of them counts.
        assertThat(environment(folder))
                .contains("PGOPTIONS=-c default_transaction_read_only=off -c default_transaction_read_only=on");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void atATerminalTheTypedNameAllowsWritesAndNothingTypedDoesNot(@TempDir Path folder) throws IOException {
        Run written = prod(folder).atTerminal(200, "cruddur\n").run("--env", "prod", "db", "connect");
        assertThat(written.exit()).isEqualTo(7);
        assertThat(written.err()).contains("Type the name of the database to write, or press Enter for read-only:");
        assertThat(environment(folder)).noneMatch(line -> line.startsWith("PGOPTIONS"));
        Run read = prod(folder).atTerminal(200, "\n").run("--env", "prod", "db", "connect");
        assertThat(read.exit()).isEqualTo(7);
        // Whoever sits there reads the error, and goes on.
        assertThat(folder.resolve("arguments")).content().doesNotContain("ON_ERROR_STOP");
        assertThat(environment(folder)).contains("PGOPTIONS=-c default_transaction_read_only=on");
        Files.delete(folder.resolve("arguments"));
        Run wrong = prod(folder).atTerminal(200, "other\n").run("--env", "prod", "db", "connect");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theNameThatIsGivenAllowsWritesAndAnotherNameIsAnError(@TempDir Path folder) throws IOException {
        assertThat(prod(folder)
                        .run("--env", "prod", "db", "connect", "--confirm", "cruddur")
                        .exit())
                .isEqualTo(7);
        assertThat(environment(folder)).noneMatch(line -> line.startsWith("PGOPTIONS"));
        Files.delete(folder.resolve("arguments"));
        Run wrong = prod(folder).run("--env", "prod", "db", "connect", "--confirm", "other");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("--confirm names 'other'");
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-tAc", "--command", "--comm", "-f", "--file"})
    @DisabledOnOs(OS.WINDOWS)
    void whatPsqlRunsByItselfIsGuardedAsAWrite(String option, @TempDir Path folder) throws IOException {
        Run run = prod(folder).run("--env", "prod", "db", "connect", "--", option, "drop table x");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
                error  environment prod is guarded, and -c and -f may write
                hint   pass --confirm cruddur to run it; without -c and -f the session is read-only
                """);
        assertThat(folder.resolve("arguments")).doesNotExist();
        Run typed = prod(folder).atTerminal(200, "\n").run("--env", "prod", "db", "connect", "--", option, "x");
        assertThat(typed.exit()).isEqualTo(2);
        assertThat(folder.resolve("arguments")).doesNotExist();
        assertThat(prod(folder)
                        .run("--env", "prod", "db", "connect", "--confirm", "cruddur", "--", option, "x")
                        .exit())
                .isEqualTo(7);
    }

    @Test
    void withoutPsqlTheHintSaysWhatToInstall() {
        Run run = Cli.inPipe().with("PATH", "/nonexistent").run("db", "connect");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("psql not found on the PATH").contains("postgresql-client");
    }
}
