package dev.dynacog.messages;

import dev.dynacog.dynamo.Condition;
import dev.dynacog.dynamo.Write;
import java.time.Instant;
import java.util.List;

/** The rows that are written many at a time, where nobody else writes. */
public final class BulkWrites {
    private BulkWrites() {}

    public static Write put(String group, String uuid, Person sender, String text, Instant at) {
        return new Write.Put(MessageTable.message(group, uuid, sender, text, at), Condition.NONE);
    }

    public static Write delete(Message message) {
        return new Write.Delete(MessageTable.messageKey(message.group(), message.key()), Condition.NONE);
    }

    /** A new group's rows in the lists of its two people. */
    public static List<Write> rows(String group, Person one, Person other, String lastMessage, Instant at) {
        return List.of(
                new Write.Put(MessageTable.row(one.uuid(), group, other, lastMessage, at), Condition.NONE),
                new Write.Put(MessageTable.row(other.uuid(), group, one, lastMessage, at), Condition.NONE));
    }

    /** What says that two people have a group. */
    public static Write pair(String group, Person one, Person other) {
        return new Write.Put(MessageTable.pair(one.uuid(), other.uuid(), group), Condition.NONE);
    }
}
