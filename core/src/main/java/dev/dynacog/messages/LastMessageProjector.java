package dev.dynacog.messages;

import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps group rows current from what happens to messages, for writers that don't do it themselves. A change only tells
 * which group to look at: what its rows show is read from the table, so a change that is late, or seen twice, does no
 * harm.
 */
public final class LastMessageProjector {
    private final GroupRows rows;

    public LastMessageProjector(GroupRows rows) {
        this.rows = rows;
    }

    /**
     * A change of an item.
     *
     * @param partition its partition key
     * @param sequenceNumber where in the stream it stands
     */
    public record Change(String partition, String sequenceNumber) {}

    /**
     * A group that could not be brought up to date.
     *
     * @param sequenceNumber its first change, from which on it has to be tried again
     */
    public record Failure(String group, String sequenceNumber, RuntimeException cause) {}

    /**
     * What became of some changes.
     *
     * @param messages how many of them were of messages
     * @param moved how many groups show another message now
     * @param unchanged how many showed it already
     * @param withoutRows how many nobody has in a list
     */
    public record Projected(int messages, int moved, int unchanged, int withoutRows, List<Failure> failures) {
        public Projected {
            failures = List.copyOf(failures);
        }

        public int groups() {
            return moved + unchanged + withoutRows + failures.size();
        }
    }

    /** Looks at each group once, however many changes it has; one that fails doesn't keep the others waiting. */
    public Projected project(List<Change> changes) {
        Map<String, String> firstOfGroup = new LinkedHashMap<>();
        int messages = 0;
        for (Change change : changes) {
            Optional<String> group = MessageTable.groupOfMessages(change.partition());
            if (group.isPresent()) {
                messages++;
                firstOfGroup.putIfAbsent(group.get(), change.sequenceNumber());
            }
        }
        Map<GroupRows.Refreshed, Integer> counts = new EnumMap<>(GroupRows.Refreshed.class);
        List<Failure> failures = new ArrayList<>();
        Optional<RuntimeException> hopeless = Optional.empty();
        for (Map.Entry<String, String> each : firstOfGroup.entrySet()) {
            if (hopeless.isPresent()) {
                failures.add(new Failure(each.getKey(), each.getValue(), hopeless.get()));
                continue;
            }
            try {
                counts.merge(rows.refresh(each.getKey()), 1, Integer::sum);
            } catch (RuntimeException e) {
                failures.add(new Failure(each.getKey(), each.getValue(), e));
                hopeless = Optional.of(e).filter(LastMessageProjector::concernsAll);
            }
        }
        return new Projected(
                messages,
                counts.getOrDefault(GroupRows.Refreshed.MOVED, 0),
                counts.getOrDefault(GroupRows.Refreshed.UNCHANGED, 0)
                        + counts.getOrDefault(GroupRows.Refreshed.NO_MESSAGES, 0),
                counts.getOrDefault(GroupRows.Refreshed.NO_ROWS, 0),
                failures);
    }

    /** Whether there is nobody to talk to, or no permission: the next group would only wait for the same. */
    private static boolean concernsAll(RuntimeException failure) {
        return FailureTranslator.translate(failure)
                .filter(known ->
                        known instanceof DynacogException.Unreachable || known instanceof DynacogException.Access)
                .isPresent();
    }
}
