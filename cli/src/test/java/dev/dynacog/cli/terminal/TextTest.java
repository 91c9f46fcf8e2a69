package dev.dynacog.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @Test
    void aLineBreaksAtSpacesAndKeepsItsTones() {
        Text line = Text.of("error", Tone.DANGER).plus("  there is no table ").plus("cruddur-messages", Tone.KEY);
        List<Text> lines = line.wrapped(20);
        assertThat(lines.stream().map(Text::toString))
                .containsExactly("error  there is no", "table", "cruddur-messages");
        assertThat(lines.get(0).pieces().get(0).tone()).isEqualTo(Tone.DANGER);
        assertThat(lines.get(2).pieces()).containsExactly(new Text.Piece("cruddur-messages", Tone.KEY));
    }

    @Test
    void aLineThatFitsStaysAsItIs() {
        Text line = Text.of(" prod ", Tone.GUARDED_ENVIRONMENT).plus("  account unknown");
        assertThat(line.wrapped(80)).containsExactly(line);
        assertThat(Text.EMPTY.wrapped(80)).hasSize(1);
    }

    @Test
    void whatIsCutOffShowsAsAnEllipsisAndWideCharactersCountTwice() {
        assertThat(Text.of("abcdef").cut(4).toString()).isEqualTo("abc…");
        assertThat(Text.of("日本語").width()).isEqualTo(6);
        assertThat(Text.of("日本語").cut(4).width()).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x061c, 0x00ad, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c,
                0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a,
                0x206f, 0x3164, 0xfe0f, 0xfeff, 0xfff9, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100
            })
    void whatWouldNotBeSeenIsShownAsItsNumber(int point) {
        String hidden = "a" + Character.toString(point) + "b";
        Text shown = Text.of(hidden);
        String number = Integer.toHexString(point);
        assertThat(shown.toString())
                .isEqualTo(
                        point < 0x10000
                                ? "a\\u" + "0".repeat(4 - number.length()) + number + "b"
                                : "a\\u{" + number + "}b");
        assertThat(shown.width()).isEqualTo(shown.toString().length());
    }

    static Stream<String> legitimate() {
        return Stream.of(
                "👨‍👩‍👧‍👦 family",
                "🏳️‍🌈",
                "❤️‍🔥",
                "🧑🏽‍🚀",
                "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
                "1️⃣ #️⃣ ☎︎",
                "می\u200cخواهم",
                "ශ්\u200dරී",
                "葛\udb40\udd00",
                "日本語 é ü ñ");
    }

    @ParameterizedTest
    @MethodSource("legitimate")
    void whatMakesALegitimateCharacterStays(String text) {
        assertThat(Text.of(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("legitimate")
    void aCutNeverMakesATextWider(String text) {
        Text whole = Text.of(text + "\u200b" + text);
        for (int columns = 1; columns <= whole.width(); columns++) {
            assertThat(whole.cut(columns).width())
                    .as(whole + " cut to " + columns)
                    .isLessThanOrEqualTo(columns);
            int most = Math.max(columns, 8);
            assertThat(whole.wrapped(most)).allMatch(line -> line.width() <= most);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "🏴\udb40\udc41\udb40\udc41\udb40\udc41\udb40\udc41\udb40\udc41\udb40\udc41\udb40\udc41",
                "❤️️️",
                "a\u200db",
                "👨‍ b"
            })
    void whatHidesBehindALegitimateCharacterIsShown(String text) {
        assertThat(Text.of(text).toString()).contains("\\u");
    }

    @Test
    void noControlCharacterComesOut() {
        assertThat(Text.of("a\u001b[31mb\u009bc\u202ed\ud800e\u007f").toString())
                .isEqualTo("a␛[31mb\\u009bc\\u202ed\ufffde␡");
    }
}
