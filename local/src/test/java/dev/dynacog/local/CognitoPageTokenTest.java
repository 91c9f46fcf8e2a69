package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CognitoPageTokenTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> ASKED = List.of("ListUsers", "");

    private static CognitoPageToken parse(String text, List<String> asked, Duration later) {
        return CognitoPageToken.parse(text, asked, MADE.plus(later));
    }

    @Test
    void aTokenExpiresAfterAnHour() {
        String text = new CognitoPageToken("bayko", MADE).text(ASKED);
        assertThat(parse(text, ASKED, Duration.ofMinutes(60).minusMillis(1)).after())
                .isEqualTo("bayko");
        assertThatThrownBy(() -> parse(text, ASKED, Duration.ofMinutes(60)))
                .isInstanceOf(CognitoFault.class)
                .hasMessage("Invalid pagination token.");
    }

    @Test
    void aTokenOfAnotherRequestIsRefused() {
        String text = new CognitoPageToken("bayko", MADE).text(ASKED);
        assertThatThrownBy(() -> parse(text, List.of("ListUsers", "status = \"Enabled\""), Duration.ZERO))
                .isInstanceOf(CognitoFault.class);
        assertThatThrownBy(() -> parse(text, List.of("ListUsersInGroup", ""), Duration.ZERO))
                .isInstanceOf(CognitoFault.class);
    }

    @Test
    void aNameWithALineEndSurvives() {
        String text = new CognitoPageToken("two\nlines", MADE).text(ASKED);
        assertThat(parse(text, ASKED, Duration.ZERO).after()).isEqualTo("two\nlines");
    }
}
