package dev.dynacog.postgres;

import dev.dynacog.local.PostgresOptions;
import dev.dynacog.local.PostgresServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class EmbeddedDatabaseTest implements DatabaseContract {
    private static final PostgresServer SERVER = PostgresServer.start(new PostgresOptions(
            0,
            Optional.empty(),
            Path.of(System.getProperty("java.io.tmpdir"), "dynacog-test-postgres"),
            ProcessBuilder.Redirect.DISCARD));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Override
    public String url() {
        return SERVER.url();
    }
}
