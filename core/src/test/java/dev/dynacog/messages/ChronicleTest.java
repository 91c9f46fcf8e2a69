package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is said of what was read and of what wasn't, in one table for all: each test has a group of its own. */
class ChronicleTest {
    private static final LocalTable TABLE = new LocalTable();
    private static final TimeRange DAY = new TimeRange(
            Optional.of(Instant.parse("2026-11-20T00:00:00Z")), Optional.of(Instant.parse("2026-11-21T00:00:00Z")));
    private static int tests;

    private final Conversations conversations = new Conversations(TABLE.items());
    private final String group = "group-" + tests++;

    @AfterAll
    static void close() {
        TABLE.close();
    }

    private void messages(int count) {
        for (int i = 0; i < count; i++) {
            TABLE.putMessage(group, "2026-11-20T10:00:%02d.000000+00:00".formatted(i), ANDREW, "m" + i);
        }
    }

    private static List<String> texts(Excerpt<Message> excerpt) {
        return excerpt.shown().stream().map(Message::text).toList();
    }

    @Test
    void anExcerptSaysHowManyAreOlderWhereItKnows() {
        messages(3);
        Excerpt<Message> all = conversations.newestMessages(group, TimeRange.ALL, 3);
        assertThat(texts(all)).containsExactly("m2", "m1", "m0");
        assertThat(all.more()).isFalse();
        assertThat(all.older()).hasValue(0);
        assertThat(all.unreadable()).isZero();
        assertThat(all.capacity().readUnits()).isPositive();
        Excerpt<Message> one = conversations.newestMessages(group, TimeRange.ALL, 1);
        assertThat(texts(one)).containsExactly("m2");
        assertThat(one.more()).isTrue();
        assertThat(one.older()).hasValue(2);
        assertThat(one.capacity().readUnits()).isPositive();
        assertThat(conversations
                        .newestMessages("group of nobody", TimeRange.ALL, 1)
                        .more())
                .isFalse();
    }

    @Test
    void whatIsNotReadIsNotCounted() {
        for (int day = 0; day < 40; day++) {
            Instant at = Instant.parse("2026-11-20T00:00:00Z").plus(day, ChronoUnit.DAYS);
            TABLE.putMessage(group, MessageTime.write(at), ANDREW, "m" + day);
        }
        Excerpt<Message> few = conversations.newestMessages(group, TimeRange.ALL, 2);
        assertThat(texts(few)).containsExactly("m39", "m38");
        assertThat(few.more()).isTrue();
        assertThat(few.older()).isEmpty();
        assertThat(conversations.newestMessages(group, TimeRange.ALL, 1000).shown())
                .hasSize(40);
    }

    @Test
    void whatHasNoTimeIsCountedAndInNoRange() {
        messages(1);
        TABLE.putMessage(group, "2026-11-20 or so", ANDREW, "when?");
        Excerpt<Message> everything = conversations.newestMessages(group, TimeRange.ALL, 5);
        assertThat(everything.shown()).hasSize(2);
        assertThat(everything.unreadable()).isOne();
        Excerpt<Message> ofTheDay = conversations.newestMessages(group, DAY, 5);
        assertThat(texts(ofTheDay)).containsExactly("m0");
        assertThat(ofTheDay.unreadable()).isOne();
        assertThat(conversations.newestMessages(group, DAY, 1).unreadable()).isOne();
    }

    @Test
    void afterTheLastThereIsNone() {
        messages(1);
        Chronicle<Message> all = conversations.allMessages(group, TimeRange.ALL);
        assertThat(all.hasNext()).isTrue();
        assertThat(all.next().text()).isEqualTo("m0");
        assertThat(all.hasNext()).isFalse();
        assertThat(all.unreadable()).isZero();
        assertThat(all.capacity().readUnits()).isPositive();
        assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theGroupsOfAPersonComeNewestFirst() {
        Person owner = new Person("owner of " + group, "owner", "Owner");
        TABLE.putRow(owner, "2026-11-20T10:00:00+00:00", "old", BAYKO, "a");
        TABLE.putRow(owner, "2026-11-20T09:00:00-05:00", "new", BAYKO, "b");
        TABLE.putRow(owner, "2026-11-22T10:00:00+00:00", "later", BAYKO, "c");
        assertThat(conversations.newestGroups(owner.uuid(), DAY, 1).shown())
                .extracting(GroupRow::group)
                .containsExactly("new");
        List<String> all = new ArrayList<>();
        conversations.allGroups(owner.uuid(), TimeRange.ALL).forEachRemaining(row -> all.add(row.group()));
        assertThat(all).containsExactly("later", "new", "old");
        all.clear();
        conversations.allGroups(owner.uuid(), DAY).forEachRemaining(row -> all.add(row.group()));
        assertThat(all).containsExactly("new", "old");
    }
}
