package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @Test
    void starts(@TempDir Path dir) {
        for (int i = 0; i < 3; i++) {
            long t = System.nanoTime();
            try (PostgresServer server = PostgresServer.start(
                    new PostgresOptions(0, Optional.empty(), dir, ProcessBuilder.Redirect.appendTo(new java.io.File("/tmp/pg.log"))))) {
                System.err.println((System.nanoTime() - t) / 1_000_000 + " ms");
                assertThat(server.port()).isPositive();
                t = System.nanoTime();
            }
            System.err.println((System.nanoTime() - t) / 1_000_000 + " ms to stop");
        }
    }
}
