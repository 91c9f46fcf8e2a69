package dev.dynacog.seed;

import dev.dynacog.dynamo.BatchWriter;
import dev.dynacog.dynamo.Items;
import dev.dynacog.dynamo.Write;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.BulkWrites;
import dev.dynacog.messages.GroupRow;
import dev.dynacog.messages.GroupRows;
import dev.dynacog.messages.Groups;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageWriter;
import dev.dynacog.messages.MessageWriter.Draft;
import dev.dynacog.messages.People;
import dev.dynacog.messages.Person;
import dev.dynacog.seed.SeedPlan.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Brings fixtures into a message table. First everything is looked at, people and rows; only when all of it is in order
 * is anything written. Seeding twice is the same as once: what is there already stays.
 */
public final class Seeder {
    private final Items items;
    private final BatchWriter batches;
    private final Groups groups;

    public Seeder(Items items, BatchWriter batches) {
        this.items = items;
        this.batches = batches;
        this.groups = new Groups(items);
    }

    /**
     * What is to be seeded.
     *
     * @param restart whether a conversation that is there already begins at now again
     */
    public record Request(List<Fixture> fixtures, Instant now, boolean restart) {}

    /** What would have to be written. Nothing is. */
    public List<SeedPlan> plan(Request request, People people) {
        Set<String> handles = new LinkedHashSet<>();
        request.fixtures().forEach(fixture -> handles.addAll(fixture.people()));
        People.Found found = people.require(handles);
        requireOneFixtureForEachPair(request.fixtures());
        List<SeedPlan> plans = new ArrayList<>();
        for (Fixture fixture : request.fixtures()) {
            plans.add(plan(fixture, found, request));
        }
        return plans;
    }

    /** Two people have one group, so two fixtures of the same name and people would take each other's messages away. */
    private static void requireOneFixtureForEachPair(List<Fixture> fixtures) {
        Set<String> names = new LinkedHashSet<>();
        for (Fixture fixture : fixtures) {
            if (!names.add(fixture.name())) {
                throw new DynacogException.Usage("fixture " + fixture.name() + " is given twice", "name it once");
            }
        }
    }

    private SeedPlan plan(Fixture fixture, People.Found people, Request request) {
        Person one = people.of(fixture.people().get(0));
        Person other = people.of(fixture.people().get(1));
        Optional<Groups.Found> found = groups.between(one.uuid(), other.uuid());
        String group = found.map(Groups.Found::group).orElseGet(fixture::group);
        Existing existing = existing(fixture, group);
        Map<String, List<GroupRow>> strangers =
                found.isPresent() ? Map.of() : strangers(group, Set.of(one.uuid(), other.uuid()));
        if (!strangers.isEmpty() && existing.foreign() > 0) {
            throw new DynacogException.Failed(
                    "group " + group + " of fixture " + fixture.name() + " belongs to other people, who wrote in it",
                    "give the fixture another group");
        }
        SeedPlan plan = SeedPlan.of(
                fixture,
                new SeedPlan.Group(group, one, other, strangers),
                existing.own(),
                request.now(),
                request.restart());
        return existing.foreign() > 0 ? besideOthers(plan) : plan;
    }

    /** The fixture's own messages that are there already, and how many others are. */
    private record Existing(List<Message> own, long foreign) {}

    private Existing existing(Fixture fixture, String group) {
        List<Message> own = new ArrayList<>();
        long foreign = 0;
        for (Iterator<Message> messages = groups.messagesOf(group); messages.hasNext(); ) {
            Message message = messages.next();
            if (fixture.made(message.uuid())) {
                own.add(message);
            } else {
                foreign++;
            }
        }
        return new Existing(own, foreign);
    }

    /** Rows of the group that stand in others' lists, or name others: the people had other uuids once. */
    private Map<String, List<GroupRow>> strangers(String group, Set<String> people) {
        Map<String, List<GroupRow>> strangers = new LinkedHashMap<>();
        groups.rowsOf(group, people).forEach((owner, rows) -> {
            List<GroupRow> strange = rows.stream()
                    .filter(row -> !people.contains(owner)
                            || !people.contains(row.other().uuid()))
                    .toList();
            if (!strange.isEmpty()) {
                strangers.put(owner, strange);
            }
        });
        return strangers;
    }

    /** No message of anybody else may be overwritten: where one stands, the next microsecond is taken. */
    private SeedPlan besideOthers(SeedPlan plan) {
        SeedPlan free = plan;
        boolean collided = true;
        while (collided) {
            Set<String> taken = new LinkedHashSet<>();
            for (Iterator<Message> messages = groups.messagesOf(plan.group().id()); messages.hasNext(); ) {
                Message message = messages.next();
                if (!plan.fixture().made(message.uuid()) && free.writesTo(message.key())) {
                    taken.add(message.key());
                }
            }
            collided = !taken.isEmpty();
            free = free.avoiding(taken);
        }
        return free;
    }

    /** What a whole seed brought. */
    public record Summary(int conversations, int messages, int people, int written) {}

    /** Plans and does all of it, for callers who have nobody to ask. */
    public Summary seed(Request request, People people, LongConsumer progress) {
        List<SeedPlan> plans = plan(request, people);
        Set<String> handles = new LinkedHashSet<>();
        int messages = 0;
        int written = 0;
        for (SeedPlan plan : plans) {
            apply(plan, progress);
            handles.addAll(plan.fixture().people());
            messages += plan.fixture().lines().size();
            written += plan.counts().written();
        }
        return new Summary(plans.size(), messages, handles.size(), written);
    }

    /**
     * Does what was planned: messages first, then the group's rows.
     *
     * @return whether anything was changed; rows can be out of date when no message is
     */
    public boolean apply(SeedPlan plan, LongConsumer progress) {
        Person one = plan.group().one();
        Person other = plan.group().other();
        String group = plan.group().id();
        if (!groups.takeFrom(plan.group().strangers(), group)) {
            throw new DynacogException.Failed("group " + group + " was being written to", "run the command again");
        }
        Optional<Placed> last = plan.lastLine();
        List<Placed> bulk = new ArrayList<>(plan.puts());
        last.ifPresent(bulk::remove);
        batches.write(
                bulk.stream()
                        .map(put -> BulkWrites.put(group, put.id(), put.sender(), put.text(), put.at()))
                        .iterator(),
                progress);
        // What is replaced goes after its replacement came, so that an interrupted run leaves too much, never too
        // little.
        batches.write(deletes(plan), progress);
        MessageWriter writer = new MessageWriter(items);
        last.ifPresent(put -> {
            Person to = put.sender().uuid().equals(one.uuid()) ? other : one;
            writer.toPerson(to, new Draft(put.sender(), put.text(), put.id(), put.at()), group);
            progress.accept(1);
        });
        boolean upToDate = new GroupRows(items).settle(group, one, other) == GroupRows.Refreshed.UNCHANGED;
        return !plan.isSame() || !upToDate;
    }

    private static Iterator<Write> deletes(SeedPlan plan) {
        return plan.deletes().stream().map(BulkWrites::delete).iterator();
    }
}
