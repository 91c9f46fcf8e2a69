package dev.dynacog.idsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorableTextTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("a\u0001é", "a\u0001é"),
                Arguments.of("\ud83d\ude00", "\ud83d\ude00"),
                Arguments.of("a\0b", "a\ufffdb"),
                Arguments.of("\ud83d", "\ufffd"),
                Arguments.of("\ud83da", "\ufffda"),
                Arguments.of("\ude00\ud83d", "\ufffd\ufffd"),
                Arguments.of("\ud83d\ud83d\ude00\ude00", "\ufffd\ud83d\ude00\ufffd"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatPostgresCantStoreIsReplacedToBeShown(String text, String storable) {
        assertThat(StorableText.storable(text)).isEqualTo(storable);
        assertThat(StorableText.isStorable(text)).isEqualTo(text.equals(storable));
    }

    @Test
    void caseIsFoldedLetterByLetter() {
        assertThat(StorableText.fold("plain-1")).isEqualTo("plain-1");
        assertThat(StorableText.fold("A")).isEqualTo("a");
        assertThat(StorableText.fold("Z")).isEqualTo("z");
        assertThat(StorableText.fold("@[`{")).isEqualTo("@[`{");
        assertThat(StorableText.fold("aÉ")).isEqualTo("aé");
        assertThat(StorableText.fold("\u0080\u00c0")).isEqualTo("\u0080\u00e0");
        assertThat(StorableText.fold("\ud801\udc00")).isEqualTo("\ud801\udc28");
    }
}
