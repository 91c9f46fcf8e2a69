package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.GroupRows.Refreshed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is found of groups, in one table for all: each test has people of its own. */
class GroupsTest {
    private static final LocalTable TABLE = new LocalTable();
    private static int tests;

    private final Groups groups = new Groups(TABLE.items());
    private final GroupRows rows = new GroupRows(TABLE.items());
    private final Person andrew = ofThisTest(ANDREW);
    private final Person bayko = ofThisTest(BAYKO);
    private final Person londo = ofThisTest(LONDO);
    private final String group = "group-" + tests++;

    private static Person ofThisTest(Person person) {
        return new Person(person.uuid() + tests, person.handle(), person.displayName());
    }

    @AfterAll
    static void close() {
        TABLE.close();
    }

    private static String at(int second) {
        return "2026-11-20T10:00:0" + second + ".000000+00:00";
    }

    private void row(Person owner, int second, Person other) {
        TABLE.putRow(owner, at(second), group, other, "text");
    }

    private void notARow() {
        TABLE.put(Map.of(
                "pk",
                "NOTE#" + group,
                "sk",
                at(0),
                "message_group_uuid",
                group,
                "user_uuid",
                "stranger",
                "user_handle",
                "stranger"));
    }

    private void pair(Person one, Person other) {
        TABLE.put(Map.of("pk", "PAIR#" + one.uuid() + "#" + other.uuid(), "sk", "pair", "pair_group_uuid", group));
    }

    private boolean isPaired(Person one, Person other) {
        return groups.paired(one.uuid(), other.uuid()).isPresent();
    }

    private static List<String> keys(List<GroupRow> rows) {
        return rows.stream().map(GroupRow::key).sorted().toList();
    }

    @Test
    void theRowsOfAGroupAreThoseOfItsPeopleAndOfNothingElse() {
        row(andrew, 1, bayko);
        row(andrew, 2, bayko);
        notARow();
        Map<String, List<GroupRow>> found = groups.rowsOf(group, Set.of(londo.uuid(), ""));
        assertThat(found).containsOnlyKeys(andrew.uuid(), bayko.uuid(), londo.uuid());
        assertThat(keys(found.getOrDefault(andrew.uuid(), List.of()))).containsExactly(at(1), at(2));
        assertThat(found).containsEntry(bayko.uuid(), List.of());
        assertThat(found).containsEntry(londo.uuid(), List.of());
        assertThat(groups.rowsOf("group of nobody", Set.of())).isEmpty();
    }

    @Test
    void whoIsInAGroupIsToldByTheHandlesInItsRows() {
        row(andrew, 1, bayko);
        row(bayko, 1, andrew);
        row(londo, 1, new Person(londo.uuid(), "", ""));
        notARow();
        assertThat(groups.participants(group)).containsExactly("andrewbrown", "bayko");
        assertThat(groups.participants("group of nobody")).isEmpty();
    }

    @Test
    void aGroupExistsWhenItHasARowOrAMessage() {
        assertThat(groups.exists(group)).isFalse();
        TABLE.putMessage(group, at(1), andrew, "text");
        assertThat(groups.exists(group)).isTrue();
        row(andrew, 1, bayko);
        TABLE.delete(Map.of("pk", "MSG#" + group, "sk", at(1)));
        assertThat(groups.exists(group)).isTrue();
    }

    @Test
    void aGroupIsTakenFromStrangersWithTheirPair() {
        row(andrew, 1, bayko);
        row(londo, 1, andrew);
        pair(andrew, londo);
        pair(andrew, bayko);
        Map<String, List<GroupRow>> all = groups.rowsOf(group, Set.of());
        assertThat(groups.takeFrom(Map.of(londo.uuid(), all.get(londo.uuid())), group))
                .isTrue();
        Map<String, List<GroupRow>> left = groups.rowsOf(group, Set.of(londo.uuid()));
        assertThat(left.get(londo.uuid())).isEmpty();
        assertThat(left.get(andrew.uuid())).hasSize(1);
        assertThat(isPaired(andrew, londo)).isFalse();
        assertThat(isPaired(andrew, bayko)).isTrue();
        assertThat(groups.takeFrom(Map.of(), group)).isTrue();
    }

    @Test
    void aPairOfAnotherGroupStays() {
        row(londo, 1, andrew);
        TABLE.put(
                Map.of("pk", "PAIR#" + andrew.uuid() + "#" + londo.uuid(), "sk", "pair", "pair_group_uuid", "another"));
        assertThat(groups.takeFrom(groups.rowsOf(group, Set.of()), group)).isTrue();
        assertThat(groups.paired(londo.uuid(), andrew.uuid())).contains("another");
    }

    @Test
    void whatChangedInTheSameMomentIsNotTaken() {
        row(londo, 1, andrew);
        Map<String, List<GroupRow>> before = groups.rowsOf(group, Set.of());
        TABLE.putRow(londo, at(1), "another", andrew, "text");
        assertThat(groups.takeFrom(Map.of(londo.uuid(), before.get(londo.uuid())), group))
                .isFalse();
        assertThat(groups.between(londo.uuid(), andrew.uuid())).contains(new Groups.Found("another", false));
    }

    @Test
    void theGroupOfTwoIsThatOfTheirPairOrTheOneThatWasUsedLast() {
        assertThat(groups.between(andrew.uuid(), bayko.uuid())).isEmpty();
        row(bayko, 1, andrew);
        TABLE.putRow(andrew, at(2), "later" + group, bayko, "text");
        TABLE.putRow(andrew, at(3), "x".repeat(2000), bayko, "text");
        row(andrew, 4, londo);
        assertThat(groups.between(andrew.uuid(), bayko.uuid())).contains(new Groups.Found("later" + group, false));
        assertThat(groups.between(bayko.uuid(), andrew.uuid())).contains(new Groups.Found("later" + group, false));
        pair(andrew, bayko);
        assertThat(groups.between(bayko.uuid(), andrew.uuid())).contains(new Groups.Found(group, true));
    }

    /** It would be in the way of the pair that is written with the next message. */
    @Test
    void aPairThatNamesNoGroupIsReadOverAndNotWrittenTo() {
        row(andrew, 1, bayko);
        String key = "PAIR#" + andrew.uuid() + "#" + bayko.uuid();
        TABLE.put(Map.of("pk", key, "sk", "pair"));
        assertThat(groups.between(andrew.uuid(), bayko.uuid())).contains(new Groups.Found(group, false));
        for (ThrowingCallable look : List.<ThrowingCallable>of(
                () -> groups.betweenToWrite(andrew.uuid(), bayko.uuid()),
                () -> groups.paired(bayko.uuid(), andrew.uuid()))) {
            assertThatThrownBy(look)
                    .isInstanceOf(DynacogException.Failed.class)
                    .hasMessage("the item " + key
                            + " is malformed: its attribute pair_group_uuid names no group; nothing was written");
        }
        TABLE.put(Map.of("pk", key, "sk", "pair", "pair_group_uuid", group));
        assertThat(groups.betweenToWrite(bayko.uuid(), andrew.uuid())).contains(new Groups.Found(group, true));
    }

    @Test
    void theMessagesOfAGroupAreReadInTheOrderOfTheirKeysAndTheNewestByTime() {
        TABLE.putMessage(group, "2026-11-20T10:00:00+05:00", andrew, "early");
        TABLE.putMessage(group, "2026-11-20T09:00:00+00:00", andrew, "late");
        TABLE.putMessage(group, "some day", andrew, "never");
        List<String> texts = new ArrayList<>();
        groups.messagesOf(group).forEachRemaining(message -> texts.add(message.text()));
        assertThat(texts).containsExactly("late", "early", "never");
        assertThat(groups.newestMessage(group).orElseThrow().text()).isEqualTo("late");
        assertThat(groups.newestMessage("group of nobody")).isEmpty();
    }

    @Test
    void twoOfAGroupThatIsWholeNeedNothing() {
        row(andrew, 1, bayko);
        row(bayko, 1, andrew);
        pair(andrew, bayko);
        assertThat(rows.settle(group, andrew, bayko)).isEqualTo(Refreshed.NO_MESSAGES);
        TABLE.putMessage(group, at(1), andrew, "text");
        assertThat(rows.settle(group, andrew, bayko)).isEqualTo(Refreshed.UNCHANGED);
    }

    @Test
    void whatTwoOfAGroupLackIsMade() {
        TABLE.putMessage(group, at(1), andrew, "text");
        assertThat(rows.refresh(group)).isEqualTo(Refreshed.NO_ROWS);
        assertThat(rows.settle(group, andrew, bayko)).isEqualTo(Refreshed.MOVED);
        Map<String, List<GroupRow>> made = groups.rowsOf(group, Set.of());
        assertThat(made.getOrDefault(andrew.uuid(), List.of()))
                .singleElement()
                .extracting(row -> row.other().handle())
                .isEqualTo("bayko");
        assertThat(made.getOrDefault(bayko.uuid(), List.of()))
                .singleElement()
                .extracting(GroupRow::lastMessage)
                .isEqualTo("text");
        assertThat(isPaired(andrew, bayko)).isTrue();
        for (Person owner : List.of(andrew, bayko)) {
            TABLE.delete(Map.of("pk", "GRP#" + owner.uuid(), "sk", at(1)));
            assertThat(rows.settle(group, andrew, bayko)).isEqualTo(Refreshed.MOVED);
            assertThat(groups.rowsOf(group, Set.of()).get(owner.uuid())).hasSize(1);
        }
    }

    @Test
    void aNewGroupIsMadeAtTheFirstMicrosecondThatIsFreeForBoth() {
        TABLE.putRow(bayko, at(1), "another", londo, "text");
        Instant from = Instant.parse("2026-11-20T10:00:01.000000999Z");
        assertThat(rows.make(group, andrew, bayko, "hello", from)).isTrue();
        Map<String, List<GroupRow>> made = groups.rowsOf(group, Set.of());
        assertThat(keys(made.getOrDefault(andrew.uuid(), List.of())))
                .containsExactly("2026-11-20T10:00:01.000001+00:00");
        assertThat(keys(made.getOrDefault(bayko.uuid(), List.of())))
                .containsExactly("2026-11-20T10:00:01.000001+00:00");
        assertThat(groups.paired(andrew.uuid(), bayko.uuid())).contains(group);
        assertThat(rows.make("second", bayko, andrew, "hello", from)).isFalse();
        assertThat(groups.exists("second")).isFalse();
    }
}
