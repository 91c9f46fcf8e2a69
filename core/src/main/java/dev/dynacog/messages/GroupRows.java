package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Brings a group's rows up to date with its messages, for writers that don't do it themselves. What it does depends on
 * what is in the table alone and not on what caused it, so doing it twice, late or at the same time as others changes
 * nothing more.
 */
public final class GroupRows {
    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    private final Items items;
    private final Groups groups;
    private final Function<String, Patience> patienceFor;

    public GroupRows(Items items) {
        this(items, Patience::new);
    }

    /** With another patience, made for what it is needed for. */
    GroupRows(Items items, Function<String, Patience> patience) {
        this.items = items;
        this.groups = new Groups(items);
        this.patienceFor = patience;
    }

    /** What became of a group's rows. */
    public enum Refreshed {
        /** They show the newest message now. */
        MOVED,
        /** They showed it already. */
        UNCHANGED,
        /** The group has no rows, so that nobody has it in a list. */
        NO_ROWS,
        /** The group has no message whose time can be read. */
        NO_MESSAGES
    }

    /** Makes every row of the group show its newest message, at the first free microsecond from the message's own. */
    public Refreshed refresh(String group) {
        return bring(group, Set.of(), missing -> List.of());
    }

    /** The same for the group of two people, each of whom gets a row, and the two their pair, where it is missing. */
    public Refreshed settle(String group, Person one, Person other) {
        return bring(group, Set.of(one.uuid(), other.uuid()), moves -> {
            List<Write> steps = new ArrayList<>();
            if (!moves.owners().contains(one.uuid())) {
                steps.add(moves.steps().make(one.uuid(), other));
            }
            if (!moves.owners().contains(other.uuid())) {
                steps.add(moves.steps().make(other.uuid(), one));
            }
            if (groups.paired(one.uuid(), other.uuid()).isEmpty()) {
                steps.add(new Write.Put(MessageTable.pair(one.uuid(), other.uuid(), group), MessageTable.ABSENT));
            }
            return steps;
        });
    }

    /**
     * Makes the rows and the pair of a group that nobody else knows of yet, at the first microsecond that is free in both
     * lists.
     *
     * @return false when the two have a group already
     */
    public boolean make(String group, Person one, Person other, String lastMessage, Instant from) {
        Patience patience = patienceFor.apply("making group " + group);
        Instant at = MessageTime.toMicros(from);
        while (true) {
            RowSteps made = new RowSteps(new RowSteps.Goal(group, at, lastMessage), true);
            Items.Outcome outcome = items.transact(
                    List.of(
                            new Write.Put(MessageTable.pair(one.uuid(), other.uuid(), group), MessageTable.ABSENT),
                            made.make(one.uuid(), other),
                            made.make(other.uuid(), one)),
                    UUID.randomUUID().toString());
            if (outcome instanceof Items.Done) {
                return true;
            }
            if (outcome instanceof Items.Refused refused) {
                if (refused.steps().contains(0)) {
                    return false;
                }
                at = at.plus(1, ChronoUnit.MICROS);
                patience.spend();
            } else {
                patience.pause();
            }
        }
    }

    /** Asks what {@link #refresh} asks, of a group that nobody has: this fails only where every group would. */
    void requireReadable() {
        groups.exists(NOBODYS);
    }

    /** How rows move, and who has one. */
    private record Moves(RowSteps steps, Set<String> owners) {}

    private interface Additions {
        List<Write> to(Moves moves);
    }

    private Refreshed bring(String group, Set<String> known, Additions additions) {
        Patience patience = patienceFor.apply("moving group " + group);
        String newestKey = "";
        long later = 0;
        while (true) {
            // The rows first: when a writer comes between the two reads, the rows are not where they were, and the
            // transaction fails.
            Map<String, List<GroupRow>> rows = groups.rowsOf(group, known);
            if (known.isEmpty() && rows.values().stream().allMatch(List::isEmpty)) {
                return Refreshed.NO_ROWS;
            }
            Optional<Message> newest = groups.newestMessage(group);
            if (newest.isEmpty()) {
                return Refreshed.NO_MESSAGES;
            }
            if (!newest.get().key().equals(newestKey)) {
                newestKey = newest.get().key();
                later = 0;
            }
            List<Write> steps = steps(newest.get(), later, rows, additions);
            if (steps.isEmpty()) {
                return Refreshed.UNCHANGED;
            }
            Items.Outcome outcome = items.transact(steps, UUID.randomUUID().toString());
            if (outcome instanceof Items.Done) {
                return Refreshed.MOVED;
            }
            if (outcome instanceof Items.Refused refused) {
                if (refused.steps().stream().anyMatch(step -> steps.get(step) instanceof Write.Put)) {
                    later++;
                }
                patience.spend();
            } else {
                patience.pause();
            }
        }
    }

    private static List<Write> steps(
            Message newest, long later, Map<String, List<GroupRow>> rows, Additions additions) {
        Instant at = MessageTime.toMicros(newest.at().orElseThrow()).plus(later, ChronoUnit.MICROS);
        RowSteps moves = new RowSteps(new RowSteps.Goal(newest.group(), at, newest.text()), true);
        List<Write> steps = new ArrayList<>();
        Set<String> owners = new HashSet<>();
        rows.forEach((owner, owned) -> {
            if (!owned.isEmpty()) {
                owners.add(owner);
                steps.addAll(moves.move(owned));
            }
        });
        steps.addAll(additions.to(new Moves(moves, owners)));
        return steps;
    }
}
