package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Sends messages as the app does (its patterns C and D), but so that nothing is lost: a message and its group's rows are
 * one transaction, which goes to the first microsecond at which all of them have a place.
 */
public final class MessageWriter {
    /** A row that stands so little ahead of its message gave way to another group's. */
    private static final Duration TIE = Duration.ofMillis(1);

    private final Items items;
    private final Groups groups;

    public MessageWriter(Items items) {
        this.items = items;
        this.groups = new Groups(items);
    }

    /**
     * A message to be sent.
     *
     * @param at when it is sent; it may become a few microseconds later
     */
    public record Draft(Person from, String text, String uuid, Instant at) {
        public Draft {
            MessageText.require(text);
            at = MessageTime.toMicros(at);
        }

        public static Draft of(Person from, String text, Instant at) {
            return new Draft(from, text, UUID.randomUUID().toString(), at);
        }
    }

    /** What was sent, and whether a group was made for it. */
    public record Sent(Message message, boolean newGroup, int attempts, Capacity capacity) {}

    /** Pattern C: to a group that there is, by somebody who belongs to it. */
    public Sent toGroup(String group, Draft draft) {
        return send(draft, at -> planToGroup(group, draft, at));
    }

    /** Pattern D: to a person. The group that the two have is used; without one it is made. */
    public Sent toPerson(Person to, Draft draft) {
        return toPerson(to, draft, UUID.randomUUID().toString());
    }

    /**
     * To a person, with the id of the group for the case that the two have none.
     *
     * @param newGroup a new group's id
     */
    public Sent toPerson(Person to, Draft draft, String newGroup) {
        if (to.uuid().equals(draft.from().uuid())) {
            throw new DynacogException.Usage(
                    draft.from().handle() + " cannot send a message to themselves", "choose another --to");
        }
        return send(draft, at -> planToPerson(to, draft, newGroup, at));
    }

    /** One attempt: when the message goes where, in which steps. */
    private record Plan(String group, Instant at, boolean newGroup, List<Write> steps) {
        /** Whether a place was taken: then the next microsecond is tried. */
        boolean isPlaceTaken(Set<Integer> refused) {
            return refused.stream()
                    .map(steps::get)
                    .anyMatch(step -> step instanceof Write.Put put
                            && put.item()
                                    .text(MessageTable.SORT)
                                    .filter(MessageTime.write(at)::equals)
                                    .isPresent());
        }
    }

    private interface Planner {
        Plan plan(Instant at);
    }

    private Sent send(Draft draft, Planner planner) {
        Patience patience = new Patience("sending");
        Instant at = draft.at();
        while (true) {
            Plan plan = planner.plan(at);
            Items.Outcome outcome =
                    items.transact(plan.steps(), UUID.randomUUID().toString());
            if (outcome instanceof Items.Done done) {
                return new Sent(message(plan, draft), plan.newGroup(), patience.attempts(), done.capacity());
            }
            if (outcome instanceof Items.Refused refused) {
                if (plan.isPlaceTaken(refused.steps())) {
                    at = plan.at().plus(1, ChronoUnit.MICROS);
                }
                patience.spend();
            } else {
                patience.pause();
            }
        }
    }

    private static Message message(Plan plan, Draft draft) {
        return new Message(
                plan.group(),
                draft.uuid(),
                draft.from(),
                draft.text(),
                MessageTime.write(plan.at()),
                Optional.of(plan.at()));
    }

    private Plan planToGroup(String group, Draft draft, Instant at) {
        String sender = draft.from().uuid();
        Map<String, List<GroupRow>> rows = groups.rowsOf(group, Set.of(sender));
        List<GroupRow> own = rows.getOrDefault(sender, List.of());
        boolean named = rows.values().stream()
                .flatMap(List::stream)
                .anyMatch(row -> row.other().uuid().equals(sender));
        if (own.isEmpty() && !named) {
            throw stranger(group, draft.from());
        }
        Map<String, Person> missing = new HashMap<>();
        own.forEach(row -> missing.put(row.other().uuid(), draft.from()));
        missing.remove("");
        return plan(group, draft, at, rows, missing);
    }

    private DynacogException stranger(String group, Person from) {
        return groups.exists(group)
                ? new DynacogException.Failed(
                        from.handle() + " does not belong to group " + group,
                        "dynacog list-conversations " + from.handle() + " shows the groups that do")
                : new DynacogException.NotFound(
                        "there is no group " + group,
                        "dynacog list-conversations " + from.handle() + " shows those there are");
    }

    private Plan planToPerson(Person to, Draft draft, String newGroup, Instant at) {
        Person from = draft.from();
        Optional<Groups.Found> found = groups.betweenToWrite(from.uuid(), to.uuid());
        String group = found.map(Groups.Found::group).orElse(newGroup);
        Map<String, List<GroupRow>> rows = groups.rowsOf(group, Set.of(from.uuid(), to.uuid()));
        Plan plan = plan(group, draft, at, rows, Map.of(from.uuid(), to, to.uuid(), from));
        if (found.filter(Groups.Found::paired).isEmpty()) {
            plan.steps().add(new Write.Put(MessageTable.pair(from.uuid(), to.uuid(), group), MessageTable.ABSENT));
        }
        return new Plan(group, plan.at(), found.isEmpty(), plan.steps());
    }

    /**
     * Puts the message and moves the rows.
     *
     * @param missing for those who may lack their row, whom it has to name
     */
    private Plan plan(
            String group, Draft draft, Instant at, Map<String, List<GroupRow>> rows, Map<String, Person> missing) {
        Optional<Instant> ahead = rows.values().stream()
                .flatMap(List::stream)
                .map(GroupRow::instant)
                .filter(instant -> instant.isAfter(at))
                .max(Instant::compareTo);
        boolean isNewest = ahead.isEmpty()
                || groups.newestMessage(group)
                        .flatMap(Message::at)
                        .filter(newest -> newest.isAfter(at))
                        .isEmpty();
        Instant together = isNewest
                ? ahead.filter(instant -> instant.isBefore(at.plus(TIE))).orElse(at)
                : at;
        RowSteps moves = new RowSteps(new RowSteps.Goal(group, together, draft.text()), isNewest);
        List<Write> steps = new ArrayList<>();
        steps.add(new Write.Put(
                MessageTable.message(group, draft.uuid(), draft.from(), draft.text(), together), MessageTable.ABSENT));
        rows.values().stream().filter(owned -> !owned.isEmpty()).forEach(owned -> steps.addAll(moves.move(owned)));
        missing.forEach((owner, other) -> {
            if (rows.getOrDefault(owner, List.of()).isEmpty()) {
                steps.add(moves.make(owner, other));
            }
        });
        return new Plan(group, together, false, steps);
    }
}
