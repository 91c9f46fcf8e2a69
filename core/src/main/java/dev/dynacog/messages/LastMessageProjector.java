package dev.dynacog.messages;

import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Whether it helps to try a group again. */
    public enum Hope {
        /** DynamoDB refuses what stands in the table: nothing helps but that somebody changes it. */
        NONE,
        /** It may go better in a moment. */
        LATER,
        /** It concerns every group: nobody answers, or nothing is allowed. */
        ELSEWHERE
    }

    /**
     * A group that could not be brought up to date.
     *
     * @param sequenceNumber its first change, from which on it has to be tried again
     */
    public record Failure(String group, String sequenceNumber, RuntimeException cause, Hope hope) {
        /** Why, in a line. */
        public String reason() {
            return FailureTranslator.translate(cause)
                    .map(known -> String.valueOf(known.getMessage()))
                    .orElseGet(() -> String.valueOf(cause))
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * What became of some changes.
     *
     * @param messages how many of them were of messages
     * @param nameless how many of those have a key that names no group
     * @param moved how many groups show another message now
     * @param unchanged how many showed it already
     * @param withoutRows how many nobody has in a list
     */
    public record Projected(
            int messages, int nameless, int moved, int unchanged, int withoutRows, List<Failure> failures) {
        public Projected {
            failures = List.copyOf(failures);
        }

        public int groups() {
            return moved + unchanged + withoutRows + failures.size();
        }

        /** The groups that failed with so much hope. */
        public List<Failure> failures(Hope hope) {
            return failures.stream().filter(failure -> failure.hope() == hope).toList();
        }
    }

    /** Looks at each group once, however many changes it has; one that fails doesn't keep the others waiting. */
    public Projected project(List<Change> changes) {
        Map<String, String> firstOfGroup = new LinkedHashMap<>();
        int messages = 0;
        int nameless = 0;
        for (Change change : changes) {
            if (!MessageTable.isOfMessages(change.partition())) {
                continue;
            }
            messages++;
            Optional<String> group = MessageTable.groupOfMessages(change.partition());
            group.ifPresent(name -> firstOfGroup.putIfAbsent(name, change.sequenceNumber()));
            nameless += group.isEmpty() ? 1 : 0;
        }
        return new Looks().at(firstOfGroup).projected(messages, nameless);
    }

    /** Looks at groups, whatever the stream told of them. */
    Projected look(Collection<String> groups) {
        Map<String, String> withoutNumbers = new LinkedHashMap<>();
        groups.forEach(group -> withoutNumbers.put(group, ""));
        return new Looks().at(withoutNumbers).projected(0, 0);
    }

    /** One look at some groups. */
    private final class Looks {
        private final Map<GroupRows.Refreshed, Integer> counts = new EnumMap<>(GroupRows.Refreshed.class);
        private final List<Failure> failures = new ArrayList<>();
        private Optional<RuntimeException> general = Optional.empty();
        private boolean readable;

        Looks at(Map<String, String> groups) {
            groups.forEach(this::at);
            return this;
        }

        private void at(String group, String sequenceNumber) {
            if (general.isPresent()) {
                failures.add(new Failure(group, sequenceNumber, general.get(), Hope.ELSEWHERE));
                return;
            }
            try {
                counts.merge(rows.refresh(group), 1, Integer::sum);
            } catch (RuntimeException e) {
                failures.add(new Failure(group, sequenceNumber, e, hope(e)));
            }
        }

        /** A table without the index refuses as a malformed key does, but every group: so another one is asked for. */
        private Hope hope(RuntimeException failure) {
            if (concernsAll(failure)) {
                general = Optional.of(failure);
                return Hope.ELSEWHERE;
            }
            if (!Items.isRefusedForGood(failure)) {
                return Hope.LATER;
            }
            try {
                if (!readable) {
                    rows.requireReadable();
                    readable = true;
                }
                return Hope.NONE;
            } catch (RuntimeException e) {
                general = Optional.of(e);
                return Hope.ELSEWHERE;
            }
        }

        Projected projected(int messages, int nameless) {
            return new Projected(
                    messages,
                    nameless,
                    counts.getOrDefault(GroupRows.Refreshed.MOVED, 0),
                    counts.getOrDefault(GroupRows.Refreshed.UNCHANGED, 0)
                            + counts.getOrDefault(GroupRows.Refreshed.NO_MESSAGES, 0),
                    counts.getOrDefault(GroupRows.Refreshed.NO_ROWS, 0),
                    failures);
        }
    }

    /** Whether there is nobody to talk to, no table, or no permission: the next group would only wait for the same. */
    private static boolean concernsAll(RuntimeException failure) {
        return FailureTranslator.translate(failure)
                .filter(known -> known instanceof DynacogException.Unreachable
                        || known instanceof DynacogException.Access
                        || known instanceof DynacogException.NotFound)
                .isPresent();
    }
}
