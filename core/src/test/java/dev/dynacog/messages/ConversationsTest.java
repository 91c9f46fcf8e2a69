package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private final LocalTable table = new LocalTable();
    private final Conversations conversations = new Conversations(table.items());

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void mixedOffsetsAreReadInTheOrderOfTime() {
        // The same hour as the text has it, and far apart in time; in the order of the texts they would be shuffled.
        table.putMessage("g", "2026-11-20T10:00:00", ANDREW, "2 naive");
        table.putMessage("g", "2026-11-20T09:30:00.000000-08:00", BAYKO, "4 in Seattle");
        table.putMessage("g", "2026-11-20T12:00:00+05:30", ANDREW, "1 in Mumbai");
        table.putMessage("g", "2026-11-20 10:00:00.000001Z", BAYKO, "3 with a blank");
        assertThat(texts(conversations.allMessages("g", TimeRange.ALL)))
                .containsExactly("1 in Mumbai", "2 naive", "3 with a blank", "4 in Seattle");
        Excerpt<Message> newest = conversations.newestMessages("g", TimeRange.ALL, 2);
        assertThat(newest.shown().stream().map(Message::text)).containsExactly("4 in Seattle", "3 with a blank");
        assertThat(newest.older()).hasValue(2);
    }

    @Test
    void rangesAreInstantsWhateverTheKeysOffsets() {
        table.putMessage("g", "2026-11-20T23:30:00-11:00", ANDREW, "in");
        table.putMessage("g", "2026-11-22T00:30:00+14:00", ANDREW, "in too");
        table.putMessage("g", "2026-11-21T11:00:00Z", ANDREW, "after");
        table.putMessage("g", "2026-11-21T09:59:59Z", ANDREW, "before");
        TimeRange range = new TimeRange(
                Optional.of(Instant.parse("2026-11-21T10:00:00Z")), Optional.of(Instant.parse("2026-11-21T11:00:00Z")));
        assertThat(texts(conversations.allMessages("g", range))).containsExactlyInAnyOrder("in", "in too");
        assertThat(conversations.newestMessages("g", range, 10).shown()).hasSize(2);
    }

    @Test
    void anOldConversationIsThereInEveryYear() {
        table.putMessage("g", "2019-01-01T00:00:00+00:00", ANDREW, "long ago");
        table.putMessage("g", "2023-12-31T23:59:59+00:00", ANDREW, "later");
        table.putRow(ANDREW, "2019-01-01T00:00:00+00:00", "g", BAYKO, "long ago");
        assertThat(texts(conversations.allMessages("g", TimeRange.ALL))).containsExactly("long ago", "later");
        assertThat(conversations.newestGroups(ANDREW.uuid(), TimeRange.ALL, 20).shown())
                .hasSize(1);
    }

    @Test
    void aTimeThatIsNoneStopsNobody() {
        table.putMessage("g", "some day", ANDREW, "when?");
        table.putMessage("g", "2026-11-20T10:00:00", ANDREW, "then");
        Chronicle<Message> all = conversations.allMessages("g", TimeRange.ALL);
        assertThat(texts(all)).containsExactly("then", "when?");
        assertThat(all.unreadable()).isOne();
    }

    @Test
    void aThousandMessagesInRandomOffsetsComeInOrderFromBothEnds() {
        Random random = new Random(7);
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        List<Instant> instants = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Instant at = start.plus(Duration.ofSeconds(random.nextInt(14 * 86_400)));
            if (instants.contains(at)) {
                continue;
            }
            instants.add(at);
            String key =
                    at.atOffset(ZoneOffset.ofHours(random.nextInt(27) - 12)).toString();
            table.putMessage("g", key, LONDO, at.toString());
        }
        Collections.sort(instants);
        List<String> inOrder = instants.stream().map(Instant::toString).toList();
        assertThat(texts(conversations.allMessages("g", TimeRange.ALL))).isEqualTo(inOrder);
        Excerpt<Message> newest = conversations.newestMessages("g", TimeRange.ALL, 50);
        List<String> shown =
                new ArrayList<>(newest.shown().stream().map(Message::text).toList());
        Collections.reverse(shown);
        assertThat(shown).isEqualTo(inOrder.subList(inOrder.size() - 50, inOrder.size()));
        assertThat(newest.more()).isTrue();
        assertThat(newest.older()).isEmpty();
        assertThat(new Groups(table.items()).newestMessage("g").orElseThrow().text())
                .isEqualTo(inOrder.get(inOrder.size() - 1));
    }

    private static List<String> texts(Chronicle<Message> messages) {
        List<String> texts = new ArrayList<>();
        messages.forEachRemaining(message -> texts.add(message.text()));
        return texts;
    }
}
