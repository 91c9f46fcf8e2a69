package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void psqlGetsThePasswordByItsEnvironmentAndNeverAsAnArgument(@TempDir Path folder) throws IOException {
        Run run = withPsql(folder)
                .with("CONNECTION_URL", "postgresql://app:s3cr%40t@db.internal:6543/cruddur?sslmode=require")
                .with("PGHOSTADDR", "10.0.0.1")
                .with("PGPASSWORD", "another")
                .run("db", "connect", "--", "-c", "select 1");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsExactly(
                        "--dbname=postgresql://app@db.internal:6543/cruddur?sslmode=require", "-c", "select 1");
        assertThat(Files.readAllLines(folder.resolve("environment")))
                .contains("PGPASSWORD=s3cr@t")
                .noneMatch(line -> line.startsWith("PGHOSTADDR") || line.startsWith("PGSERVICE"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aGuardedEnvironmentIsNamedWithoutThePassword(@TempDir Path folder) throws IOException {
        Run run = withPsql(folder)
                .with("PROD_CONNECTION_URL", "postgresql://app:s3cret@db.internal/cruddur")
                .run("--env", "prod", "db", "connect");
        assertThat(run.err()).isEqualTo(" prod   postgresql://app:****@db.internal:5432/cruddur\n");
    }

    @Test
    void withoutPsqlTheHintSaysWhatToInstall() {
        Run run = Cli.inPipe().with("PATH", "/nonexistent").run("db", "connect");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("there is no psql on the PATH").contains("postgresql-client");
    }
}
