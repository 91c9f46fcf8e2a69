package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.MessageWriter.Draft;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTextTest {
    static Stream<String> fine() {
        return Stream.of("a", "\n", "x".repeat(1024), "\ud83d\ude00".repeat(1024), "\ud7ff", "\ue000");
    }

    @ParameterizedTest
    @MethodSource("fine")
    void whatTheAppAllowsIsAllowed(String text) {
        assertThat(MessageText.objection(text)).isEmpty();
        assertThat(Draft.of(LocalTable.ANDREW, text, Instant.EPOCH).text()).isEqualTo(text);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("x".repeat(1025), "has 1025 characters, and 1024 are allowed"),
                Arguments.of("\0", "contains a NUL character"),
                Arguments.of("a\0b", "contains a NUL character"),
                Arguments.of("\ud800", "contains an unpaired surrogate, which cannot be stored"),
                Arguments.of("\udfff", "contains an unpaired surrogate, which cannot be stored"),
                Arguments.of("a\ud83db", "contains an unpaired surrogate, which cannot be stored"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCantBeSentIsRefusedWithTheReason(String text, String objection) {
        assertThat(MessageText.objection(text)).contains(objection);
        assertThatThrownBy(() -> Draft.of(LocalTable.ANDREW, text, Instant.EPOCH))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage("the text " + objection);
    }

    @Test
    void aDraftIsAsPreciseAsAKey() {
        assertThat(Draft.of(LocalTable.ANDREW, "a", Instant.ofEpochSecond(1, 1_999))
                        .at())
                .isEqualTo(Instant.ofEpochSecond(1, 1_000));
    }
}
