package dev.dynacog.dynamo.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.messages.LocalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries of several pages, read from a real DynamoDB. */
class ItemPagesTest {
    private static final int ITEMS = 9;

    private final LocalTable table = new LocalTable();

    @BeforeEach
    void nineItemsOfWhichTheLastIsWanted() {
        for (int i = 1; i <= ITEMS; i++) {
            table.put(Map.of("pk", "P", "sk", "s" + i, "kind", i == ITEMS ? "wanted" : "other"));
        }
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static List<String> sortKeys(ItemPages pages) {
        List<String> keys = new ArrayList<>();
        pages.forEachRemaining(item -> keys.add(item.text("sk").orElseThrow()));
        return keys;
    }

    /** A filter leaves nothing of the first pages. */
    @Test
    void emptyPagesDontEndAQuery() {
        ItemPages pages = table.items()
                .query(ItemQuery.of("pk", "P")
                        .where(Condition.text("kind", "wanted"))
                        .inPagesOf(2));
        assertThat(sortKeys(pages)).containsExactly("s9");
        assertThat(pages.isRead()).isTrue();
    }

    @Test
    void aQueryNeverStopsAtTheFirstPage() {
        ItemPages pages = table.items().query(ItemQuery.of("pk", "P").inPagesOf(2));
        assertThat(pages.isRead()).isFalse();
        assertThat(sortKeys(pages)).containsExactly("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
        // 0.5 units for each of five pages.
        assertThat(pages.capacity()).isEqualTo(Capacity.read(2.5));
    }
}
