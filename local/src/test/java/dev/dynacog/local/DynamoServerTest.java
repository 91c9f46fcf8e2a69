package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DynamoServerTest {
    @Test
    void starts() {
        long t = System.nanoTime();
        try (DynamoServer server = DynamoServer.start(0, Optional.empty())) {
            System.err.println((System.nanoTime() - t) / 1_000_000 + " ms");
            assertThat(server.port()).isPositive();
        }
    }
}
