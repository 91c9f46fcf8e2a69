package dev.dynacog.messages;

import dev.dynacog.dynamo.item.ItemPages;
import dev.dynacog.dynamo.item.ItemQuery;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.messages.InTimeOrder.Direction;

/** Reads conversations (the app's pattern A) and lists of them (pattern B), in the order of time and to their end. */
public final class Conversations {
    /** The group of the first shipped conversation, which people know by heart. */
    public static final String SEEDED_GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

    /** A request reads some more than is asked for, because there may be a tie or another offset. */
    private static final int SPARE = 30;

    private final Items items;

    public Conversations(Items items) {
        this.items = items;
    }

    /** The newest messages of a group. */
    public Excerpt<Message> newestMessages(String group, TimeRange range, int limit) {
        return messages(
                        MessageTable.messagesOf(group).backwards().inPagesOf(page(limit)),
                        range,
                        Direction.NEWEST_FIRST)
                .first(limit);
    }

    /** All messages of a group, the oldest first. */
    public Chronicle<Message> allMessages(String group, TimeRange range) {
        return messages(MessageTable.messagesOf(group), range, Direction.OLDEST_FIRST);
    }

    private Chronicle<Message> messages(ItemQuery query, TimeRange range, Direction direction) {
        ItemPages pages = items.query(within(query, range));
        return new Chronicle<>(
                pages, new InTimeOrder<>(pages, MessageTable::message, Message::key, direction), range, Message::at);
    }

    /** The groups of a person in which something was written last. */
    public Excerpt<GroupRow> newestGroups(String owner, TimeRange range, int limit) {
        return groups(MessageTable.rowsOwnedBy(owner).inPagesOf(page(limit)), range)
                .first(limit);
    }

    /** All groups of a person, the newest first. */
    public Chronicle<GroupRow> allGroups(String owner, TimeRange range) {
        return groups(MessageTable.rowsOwnedBy(owner), range);
    }

    private Chronicle<GroupRow> groups(ItemQuery query, TimeRange range) {
        ItemPages pages = items.query(within(query.backwards(), range));
        return new Chronicle<>(
                pages,
                new InTimeOrder<>(pages, MessageTable::row, GroupRow::key, Direction.NEWEST_FIRST),
                range,
                GroupRow::at);
    }

    private static int page(int limit) {
        return Math.min(limit, 1000) + SPARE;
    }

    private static ItemQuery within(ItemQuery query, TimeRange range) {
        return range.isAll() ? query : query.between(MessageTable.SORT, range.firstKey(), range.lastKey());
    }
}
