package dev.dynacog.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void noControlCharacterComesOut() {
        assertThat(Text.of("a\u001b[31mb\u009bc\u202ed\ud800e\u007f").toString())
                .isEqualTo("a␛[31mb\ufffdc\ufffdd\ufffde␡");
    }
}
