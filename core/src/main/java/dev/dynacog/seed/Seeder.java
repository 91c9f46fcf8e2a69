package dev.dynacog.seed;

import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * What would have to be written. Nothing is.
     *
     * @param looked hears how many more messages were looked at
     */
    public List<SeedPlan> plan(Request request, People people, LongConsumer looked) {
        Set<String> handles = new LinkedHashSet<>();
        request.fixtures().forEach(fixture -> handles.addAll(fixture.people()));
        People.Found found = people.require(handles);
        requireDifferentFixtures(request.fixtures());
        Planning planning = new Planning(request, found, looked);
        return request.fixtures().stream().map(planning::plan).toList();
    }

    /** Two of one identity would take each other's messages away. */
    private static void requireDifferentFixtures(List<Fixture> fixtures) {
        Map<String, Fixture> byIdentity = new LinkedHashMap<>();
        for (Fixture fixture : fixtures) {
            Fixture other = byIdentity.put(fixture.identity(), fixture);
            if (other != null) {
                boolean once = other.file().equals(fixture.file());
                throw new DynacogException.Usage(
                        once
                                ? "fixture " + fixture.file() + " is given twice"
                                : other.file() + " and " + fixture.file() + " are the same fixture, '"
                                        + fixture.identity() + "'",
                        once ? "pass it once" : "give one of them another 'id: NAME'");
            }
        }
    }

    /** The plans of one run, in which a fixture has to know of those before it. */
    private final class Planning {
        private final Request request;
        private final People.Found people;
        private final LongConsumer looked;
        private final Map<Set<String>, String> groupOf = new HashMap<>();
        private final Map<String, Fixture> planned = new HashMap<>();
        private final Map<String, TreeSet<String>> keys = new HashMap<>();

        Planning(Request request, People.Found people, LongConsumer looked) {
            this.request = request;
            this.people = people;
            this.looked = looked;
        }

        SeedPlan plan(Fixture fixture) {
            Person one = people.of(fixture.people().get(0));
            Person other = people.of(fixture.people().get(1));
            Set<String> both = Set.of(one.uuid(), other.uuid());
            Optional<Groups.Found> found = groups.betweenToWrite(one.uuid(), other.uuid());
            String group = found.map(Groups.Found::group)
                    .orElseGet(() -> groupOf.computeIfAbsent(both, any -> fixture.group()));
            requireSamePeople(fixture, planned.putIfAbsent(group, fixture), group);
            Existing existing = existing(fixture, group, looked);
            Map<String, List<GroupRow>> strangers = found.isPresent() ? Map.of() : strangers(group, both);
            if (!strangers.isEmpty() && existing.foreign() > 0) {
                throw new DynacogException.Failed(
                        "group " + group + " of fixture " + fixture.name()
                                + " belongs to other people and has their messages",
                        "give the fixture another group");
            }
            TreeSet<String> before = keys.computeIfAbsent(group, any -> new TreeSet<>());
            SeedPlan plan = SeedPlan.of(
                    fixture,
                    new SeedPlan.Group(group, one, other, strangers),
                    existing.own(),
                    kept -> taken(group, existing, kept, before),
                    request.now(),
                    request.restart());
            plan.puts().forEach(put -> before.add(put.key()));
            return plan;
        }

        private void requireSamePeople(Fixture fixture, @Nullable Fixture before, String group) {
            if (before != null && !Set.copyOf(before.people()).equals(Set.copyOf(fixture.people()))) {
                throw new DynacogException.Usage(
                        before.file() + " and " + fixture.file() + " have one group, " + group
                                + ", and not the same people",
                        "give one of them another 'group: UUID'");
            }
        }

        /** What stays in the group, and what the fixtures before this one put there. */
        private Iterator<String> taken(String group, Existing existing, Set<String> kept, SortedSet<String> before) {
            Iterator<String> known = new InOrder(new TreeSet<>(kept).iterator(), before.iterator());
            return existing.foreign() == 0 ? known : new InOrder(known, keysOfOthers(group, existing, looked));
        }
    }

    /**
     * What of a group is there already.
     *
     * @param own the fixture's messages, in whatever version
     * @param foreign how many others there are
     */
    private record Existing(List<Message> own, long foreign) {}

    private Existing existing(Fixture fixture, String group, LongConsumer looked) {
        List<Message> own = new ArrayList<>();
        List<Message> earlier = new ArrayList<>();
        long foreign = 0;
        for (Iterator<Message> messages = groups.messagesOf(group); messages.hasNext(); looked.accept(1)) {
            Message message = messages.next();
            if (fixture.made(message)) {
                own.add(message);
            } else if (fixture.mayHaveMadeEarlier(message)) {
                earlier.add(message);
            } else {
                foreign++;
            }
        }
        if (fixture.recognizes(earlier)) {
            own.addAll(earlier);
        } else {
            foreign += earlier.size();
        }
        return new Existing(own, foreign);
    }

    /** However many there are, they are read as they are needed. */
    private Iterator<String> keysOfOthers(String group, Existing existing, LongConsumer looked) {
        Set<String> own = new HashSet<>();
        existing.own().forEach(message -> own.add(message.key()));
        Iterator<Message> messages = groups.messagesOf(group);
        return new Iterator<>() {
            private @Nullable String next;

            @Override
            public boolean hasNext() {
                while (next == null && messages.hasNext()) {
                    String key = messages.next().key();
                    looked.accept(1);
                    next = own.contains(key) ? null : key;
                }
                return next != null;
            }

            @Override
            public String next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                String taken = next;
                next = null;
                return taken;
            }
        };
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

    /** What a whole seed brought. */
    public record Summary(int conversations, int messages, int people, int written) {}

    /** Plans and does all of it, for callers who have nobody to ask. */
    public Summary seed(Request request, People people, LongConsumer progress) {
        List<SeedPlan> plans = plan(request, people, looked -> {});
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
