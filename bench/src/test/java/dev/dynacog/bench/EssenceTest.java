package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EssenceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void recordsAreTheSameInWhateverOrder() throws IOException {
        String one = records("{\"a\":1,\"b\":\"x\"}", "{\"a\":2}");
        assertThat(records("{\"a\":2}", "{\"b\":\"x\",\"a\":1}")).isEqualTo(one).startsWith("2 records");
    }

    @Test
    void otherValuesAreOtherRecords() throws IOException {
        assertThat(records("{\"a\":1}")).isNotEqualTo(records("{\"a\":2}"));
    }

    @Test
    void anAttributeInAnotherRecordIsAnother() throws IOException {
        assertThat(records("{\"a\":1,\"b\":2}", "{\"c\":3}")).isNotEqualTo(records("{\"a\":1}", "{\"c\":3,\"b\":2}"));
    }

    @Test
    void counts() throws IOException {
        Path output = Files.writeString(folder.resolve("output"), "pk=1 pk=2\npk=3");
        assertThat(Essence.count("pk=").of(output)).isEqualTo("3 records");
    }

    private String records(String... lines) throws IOException {
        return Essence.records().of(Files.writeString(folder.resolve("output"), String.join("\n", lines) + "\n"));
    }
}
