package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreInLine() {
        Table table = new Table(List.of("what", "ms"));
        table.row(List.of("scan", "1,234"));
        assertThat(table).hasToString("""
                | what | ms    |
                | ---- | ----- |
                | scan | 1,234 |
                """);
    }
}
