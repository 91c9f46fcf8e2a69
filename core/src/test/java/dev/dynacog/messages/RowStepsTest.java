package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowStepsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Condition OURS = Condition.text("message_group_uuid", "g");

    private final RowSteps newest = new RowSteps(new RowSteps.Goal("g", NOON, "new"), true);
    private final RowSteps older = new RowSteps(new RowSteps.Goal("g", NOON, "new"), false);

    private static GroupRow row(Instant at, String text) {
        return MessageTable.row(MessageTable.row("me", "g", BAYKO, text, at));
    }

    private static GroupRow row(String key, String text) {
        return MessageTable.row(
                Item.ofTexts(Map.of("pk", "GRP#me", "sk", key, "message_group_uuid", "g", "message", text)));
    }

    private static Write delete(GroupRow row) {
        return new Write.Delete(MessageTable.rowKey("me", row.key()), OURS);
    }

    private static Write put(GroupRow row) {
        return new Write.Put(
                row.item().with("sk", "2026-11-20T12:00:00.000000+00:00").with("message", "new"),
                Condition.absent("pk"));
    }

    private static Write change(GroupRow row, String before) {
        return new Write.Update(
                MessageTable.rowKey("me", row.key()), Map.of("message", "new"), OURS.andText("message", before));
    }

    @Test
    void aRowMovesForward() {
        GroupRow row = row(NOON.minusSeconds(1), "old");
        for (RowSteps steps : List.of(newest, older)) {
            assertThat(steps.move(List.of(row))).containsExactly(delete(row), put(row));
        }
    }

    @Test
    void aRowWhoseKeyStaysIsChangedInPlace() {
        GroupRow row = row(NOON, "old");
        assertThat(newest.move(List.of(row))).containsExactly(change(row, "old"));
        assertThat(newest.move(List.of(row(NOON, "new")))).isEmpty();
    }

    @Test
    void aRowThatStandsAheadOfTheNewestMessageShowsItWhereItStands() {
        GroupRow ahead = row(NOON.plusSeconds(1), "old");
        assertThat(newest.move(List.of(ahead))).containsExactly(change(ahead, "old"));
        assertThat(newest.move(List.of(row(NOON.plusSeconds(1), "new")))).isEmpty();
    }

    @Test
    void aRowThatShowsANewerMessageStays() {
        assertThat(older.move(List.of(row(NOON.plusSeconds(1), "newer")))).isEmpty();
    }

    /** The same instant with another offset is another key. */
    @Test
    void aRowAtTheSameInstantGetsTheKeyThatIsWrittenToday() {
        GroupRow row = row("2026-11-20T13:00:00+01:00", "old");
        assertThat(older.move(List.of(row))).containsExactly(delete(row), put(row));
    }

    @Test
    void spareRowsGoAndTheOneThatIsRightStays() {
        GroupRow old = row(NOON.minusSeconds(1), "old");
        GroupRow inParis = row("2026-11-20T13:00:00+01:00", "old");
        GroupRow right = row(NOON, "new");
        for (List<GroupRow> rows : List.of(List.of(old, inParis, right), List.of(right, inParis, old))) {
            assertThat(newest.newest(rows)).isEqualTo(right);
            assertThat(newest.move(rows)).containsExactlyInAnyOrder(delete(old), delete(inParis));
        }
    }

    @Test
    void whoHasNoRowGetsOneWhereNobodyStands() {
        assertThat(newest.make("you", BAYKO))
                .isEqualTo(new Write.Put(MessageTable.row("you", "g", BAYKO, "new", NOON), Condition.absent("pk")));
    }
}
