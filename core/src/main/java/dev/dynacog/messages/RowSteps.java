package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The steps that bring a group's rows to where a message belongs. A row moves forward only; where its key stays it is
 * changed in place, because a transaction can't delete and put one key; and where another group's row stands nothing is
 * put, so that the transaction fails as a whole.
 */
final class RowSteps {
    /** What a group's rows are to show. */
    record Goal(String group, Instant at, String text) {
        String key() {
            return MessageTime.write(at);
        }
    }

    private final Goal goal;
    private final boolean isNewest;

    /**
     * @param isNewest whether no message of the group is newer, so that a row that stands ahead of it, because its own
     *     place was taken, has to show it all the same
     */
    RowSteps(Goal goal, boolean isNewest) {
        this.goal = goal;
        this.isNewest = isNewest;
    }

    /** For one owner, who has at least one row. No steps when everything is right already. */
    List<Write> move(List<GroupRow> rows) {
        GroupRow row = newest(rows);
        List<Write> steps = new ArrayList<>();
        for (GroupRow spare : rows) {
            if (!spare.equals(row)) {
                steps.add(delete(spare));
            }
        }
        if (row.key().equals(goal.key()) || (row.instant().isAfter(goal.at()) && isNewest)) {
            if (!row.lastMessage().equals(goal.text())) {
                steps.add(changeInPlace(row));
            }
        } else if (!row.instant().isAfter(goal.at())) {
            steps.add(delete(row));
            steps.add(new Write.Put(
                    row.item().with(MessageTable.SORT, goal.key()).with(MessageTable.TEXT, goal.text()),
                    MessageTable.ABSENT));
        }
        return steps;
    }

    /** The row of somebody who has none. */
    Write make(String owner, Person other) {
        return new Write.Put(MessageTable.row(owner, goal.group(), other, goal.text(), goal.at()), MessageTable.ABSENT);
    }

    GroupRow newest(List<GroupRow> rows) {
        Comparator<GroupRow> order = Comparator.comparing(GroupRow::instant)
                .thenComparing(row -> row.key().equals(goal.key()));
        return rows.stream().max(order).orElseThrow();
    }

    private Write delete(GroupRow row) {
        return new Write.Delete(MessageTable.rowKey(row.owner(), row.key()), isOurs());
    }

    private Write changeInPlace(GroupRow row) {
        return new Write.Update(
                MessageTable.rowKey(row.owner(), row.key()),
                Map.of(MessageTable.TEXT, goal.text()),
                isOurs().andText(MessageTable.TEXT, row.lastMessage()));
    }

    private Condition isOurs() {
        return Condition.text(MessageTable.GROUP, goal.group());
    }
}
