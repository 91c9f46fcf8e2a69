package dev.dynacog.idsync;

import static java.util.Objects.requireNonNull;
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

    @Test
    void theNextRecordCanBeLookedAtBeforeItIsTaken() {
        for (int inMemory : new int[] {1 << 20, 1}) {
            try (SortedSpool spool = new SortedSpool(inMemory)) {
                spool.add(bytes("b"), bytes("2"));
                spool.add(bytes("a"), bytes("1"));
                SortedSpool.Reader reader = spool.read();
                assertThat(text(requireNonNull(reader.peek()).value())).isEqualTo("1");
                assertThat(reader.take()).isNotNull();
                assertThat(text(requireNonNull(reader.peek()).value())).isEqualTo("2");
                assertThat(reader.take()).isNotNull();
                assertThat(reader.peek()).isNull();
                assertThat(reader.take()).isNull();
            }
        }
    }

    @Test
    void whatIsAddedAfterReadingIsInOrderToo() {
        for (int inMemory : new int[] {1 << 20, 150, 1}) {
            try (SortedSpool spool = new SortedSpool(inMemory)) {
                spool.add(bytes("b"));
                spool.add(bytes("d"));
                assertThat(read(spool)).containsExactly("b=", "d=");
                spool.add(bytes("c"));
                spool.add(bytes("a"));
                assertThat(read(spool)).containsExactly("a=", "b=", "c=", "d=");
            }
        }
    }

    @Test
    void anEmptyOneHasNothing() {
        try (SortedSpool spool = new SortedSpool()) {
            assertThat(read(spool)).isEmpty();
        }
    }
}
