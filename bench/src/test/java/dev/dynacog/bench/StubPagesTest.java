package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StubPagesTest {
    private final StubPages pages = new StubPages();

    @Test
    void aPageIsAMegabyteOfItemsAndNamesTheNext() {
        String page = text(pages.scan(0, 1_000_000));
        assertThat(occurrences(page, "\"pk\":{\"S\":\"MSG#")).isEqualTo(pages.itemsOfPage() + 1);
        assertThat(pages.itemsOfPage()).isBetween(2000, 3000);
        assertThat(page).contains("\"LastEvaluatedKey\"").contains("\"sk\":{\"S\":\"1\"}");
    }

    @Test
    void theLastPageHasTheRestAndNamesNoOther() {
        String page = text(pages.scan(1, pages.itemsOfPage() + 3));
        assertThat(page).startsWith("{\"Count\":3,").doesNotContain("LastEvaluatedKey");
        assertThat(occurrences(page, "\"message_uuid\"")).isEqualTo(3);
    }

    @Test
    void aTableThatFillsItsPageHasNoOther() {
        assertThat(text(pages.scan(0, pages.itemsOfPage()))).doesNotContain("LastEvaluatedKey");
    }

    @Test
    void anEmptyTableHasAnEmptyPage() {
        assertThat(text(pages.scan(0, 0))).contains("\"Items\":[]").doesNotContain("LastEvaluatedKey");
    }

    @Test
    void usersComeSixtyAtATime() {
        assertThat(occurrences(text(pages.users(0, 100)), "\"Username\"")).isEqualTo(60);
        assertThat(text(pages.users(0, 100))).contains("\"PaginationToken\":\"page-1\"");
        assertThat(occurrences(text(pages.users(1, 100)), "\"Username\"")).isEqualTo(40);
        assertThat(text(pages.users(1, 100))).doesNotContain("PaginationToken");
    }

    private static String text(byte[] page) {
        return new String(page, StandardCharsets.UTF_8);
    }

    private static int occurrences(String text, String of) {
        return (text.length() - text.replace(of, "").length()) / of.length();
    }
}
