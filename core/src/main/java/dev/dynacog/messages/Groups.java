package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.ItemPages;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Finds groups and their rows as they are now: the index finds, a consistent read of the table decides. */
public final class Groups {
    private final Items items;

    public Groups(Items items) {
        this.items = items;
    }

    /**
     * A group's rows by their owner. Usually each has one; an interrupted writer may have left none or several.
     *
     * @param known people of whom is known that they may be in the group, for when the index is late
     */
    public Map<String, List<GroupRow>> rowsOf(String group, Set<String> known) {
        Map<String, List<GroupRow>> rows = new LinkedHashMap<>();
        items.query(MessageTable.indexedRowsOf(group)).forEachRemaining(item -> {
            if (MessageTable.isRow(item)) {
                add(rows, MessageTable.row(item));
            }
        });
        Map<String, List<GroupRow>> now = new LinkedHashMap<>();
        rows.forEach((owner, indexed) -> now.put(owner, asOfNow(group, owner, indexed)));
        Set<String> others = new LinkedHashSet<>(known);
        now.values()
                .forEach(owned -> owned.forEach(row -> others.add(row.other().uuid())));
        others.removeIf(owner -> !MessageTable.isUsable(owner) || now.containsKey(owner));
        List<String> missing = new ArrayList<>(others);
        for (int i = 0; i < missing.size(); i++) {
            List<GroupRow> owned = owned(group, missing.get(i));
            now.put(missing.get(i), owned);
            for (GroupRow row : owned) {
                String other = row.other().uuid();
                if (MessageTable.isUsable(other) && !now.containsKey(other) && !missing.contains(other)) {
                    missing.add(other);
                }
            }
        }
        return now;
    }

    private static void add(Map<String, List<GroupRow>> rows, GroupRow row) {
        rows.computeIfAbsent(row.owner(), any -> new ArrayList<>()).add(row);
    }

    private List<GroupRow> asOfNow(String group, String owner, List<GroupRow> indexed) {
        List<GroupRow> now = new ArrayList<>();
        for (GroupRow row : indexed) {
            Optional<GroupRow> found =
                    items.get(MessageTable.rowKey(owner, row.key())).map(MessageTable::row);
            if (found.isEmpty() || !found.get().group().equals(group)) {
                // It was moved since the index last heard of it.
                return owned(group, owner);
            }
            now.add(found.get());
        }
        return now;
    }

    private List<GroupRow> owned(String group, String owner) {
        return rows(owner, Condition.text(MessageTable.GROUP, group));
    }

    private List<GroupRow> rows(String owner, Condition condition) {
        List<GroupRow> rows = new ArrayList<>();
        items.query(MessageTable.rowsOwnedBy(owner).where(condition).consistent())
                .forEachRemaining(item -> rows.add(MessageTable.row(item)));
        return rows;
    }

    /** The handles of a group's people, as far as the index knows them. */
    public List<String> participants(String group) {
        Set<String> handles = new TreeSet<>();
        items.query(MessageTable.indexedRowsOf(group)).forEachRemaining(item -> {
            if (MessageTable.isRow(item)) {
                handles.add(MessageTable.row(item).other().handle());
            }
        });
        handles.remove("");
        return List.copyOf(handles);
    }

    /** Whether a group is known to the index, or has messages. */
    public boolean exists(String group) {
        return items.query(MessageTable.indexedRowsOf(group).inPagesOf(1)).hasNext()
                || items.query(MessageTable.messagesOf(group).consistent().inPagesOf(1))
                        .hasNext();
    }

    /**
     * Takes a group from people whom it is no longer for: their rows, and the item of their pair.
     *
     * @return whether all of it is gone; not when something changed in the same moment
     */
    public boolean takeFrom(Map<String, List<GroupRow>> strangers, String group) {
        Map<Item, Write> steps = new LinkedHashMap<>();
        strangers.values().stream().flatMap(List::stream).forEach(row -> {
            Item key = MessageTable.rowKey(row.owner(), row.key());
            steps.put(key, new Write.Delete(key, Condition.text(MessageTable.GROUP, group)));
            Item pairKey = MessageTable.pairKey(row.owner(), row.other().uuid());
            if (items.get(pairKey)
                    .flatMap(MessageTable::groupOfPair)
                    .filter(group::equals)
                    .isPresent()) {
                steps.put(pairKey, new Write.Delete(pairKey, Condition.NONE));
            }
        });
        return steps.isEmpty()
                || items.transact(List.copyOf(steps.values()), UUID.randomUUID().toString()) instanceof Items.Done;
    }

    /** The group that two people have, and whether the two have their pair's item already. */
    public record Found(String group, boolean paired) {}

    /**
     * The group that two people have. Their pair's item says so at once; the app makes groups without one, which show in
     * the lists of the two.
     */
    public Optional<Found> between(String one, String other) {
        return between(one, other, items.get(MessageTable.pairKey(one, other)).flatMap(MessageTable::groupOfPair));
    }

    /** The same for who is to write to it, which a pair that names no group stands in the way of. */
    public Optional<Found> betweenToWrite(String one, String other) {
        return between(one, other, paired(one, other));
    }

    private Optional<Found> between(String one, String other, Optional<String> paired) {
        if (paired.isPresent()) {
            return Optional.of(new Found(paired.get(), true));
        }
        List<GroupRow> rows = new ArrayList<>(rows(one, Condition.text(MessageTable.USER, other)));
        rows.addAll(rows(other, Condition.text(MessageTable.USER, one)));
        // The app could make two groups for the same people: the one that was used last is theirs.
        return rows.stream()
                .filter(row -> MessageTable.isUsable(row.group()))
                .max(Comparator.comparing(GroupRow::instant).thenComparing(GroupRow::group))
                .map(row -> new Found(row.group(), false));
    }

    /** All messages of a group as they are now, in the order of their keys. */
    public Iterator<Message> messagesOf(String group) {
        ItemPages pages = items.query(MessageTable.messagesOf(group).consistent());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public Message next() {
                return MessageTable.message(pages.next());
            }
        };
    }

    /** The group that the item of two people's pair names. An item that names none would have to go first. */
    public Optional<String> paired(String one, String other) {
        return items.get(MessageTable.pairKey(one, other))
                .map(pair -> MessageTable.groupOfPair(pair).orElseThrow(() -> malformed(pair)));
    }

    private static DynacogException malformed(Item pair) {
        return new DynacogException.Failed(
                "the item " + pair.text(MessageTable.PARTITION).orElse("") + " is malformed: its attribute "
                        + MessageTable.PAIR_GROUP + " names no group; nothing was written",
                "set the group ID, or delete the item (sort key 'pair'): the next message creates it" + " again");
    }

    /** A group's newest message, by a consistent read. */
    public Optional<Message> newestMessage(String group) {
        Iterator<Message> messages = new InTimeOrder<>(
                items.query(
                        MessageTable.messagesOf(group).backwards().consistent().inPagesOf(25)),
                MessageTable::message,
                Message::key,
                InTimeOrder.Direction.NEWEST_FIRST);
        // One whose time can't be read can't be said to be the newest.
        while (messages.hasNext()) {
            Message message = messages.next();
            if (message.at().isPresent()) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }
}
