package dev.dynacog.idsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSpoolTest {
    private static List<String> read(SortedSpool spool) {
        List<String> read = new ArrayList<>();
        SortedSpool.Reader reader = spool.read();
        for (SortedSpool.Item item = reader.take(); item != null; item = reader.take()) {
            read.add(text(item.key()) + "=" + text(item.value()));
        }
        return read;
    }

    private static String text(byte... bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All in memory, in a few parts, and one part for each record. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 4_000, 1})
    void recordsComeBackInOrderAsOftenAsWantedHoweverFewFitIntoMemory(int inMemory) {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        try (SortedSpool spool = new SortedSpool(inMemory)) {
            for (int i = 0; i < 500; i++) {
                String key = Stream.of("", "é", "z", "😀", "a")
                                .skip(random.nextInt(5))
                                .findFirst()
                                .orElseThrow()
                        + String.format("%09d", random.nextInt() >>> 2)
                        + i;
                String value = "x".repeat(random.nextInt(50));
                spool.add(bytes(key), bytes(value));
                expected.add(key + "=" + value);
            }
            expected.sort((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));
            assertThat(read(spool)).isEqualTo(expected);
            assertThat(read(spool)).isEqualTo(expected);
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryHasNoNameOnDisk() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> before = names(folder);
        try (SortedSpool spool = new SortedSpool(1)) {
            spool.add(bytes("a"), bytes("secret"));
            assertThat(read(spool)).containsExactly("a=secret");
            assertThat(names(folder)).containsExactlyElementsOf(before);
        }
    }

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list((in, name) -> name.startsWith(".dynacog-"));
        return names == null ? List.of() : Stream.of(names).sorted().toList();
    }
}
