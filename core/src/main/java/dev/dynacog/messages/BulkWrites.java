package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Write;
import java.time.Instant;

/** Messages that are written many at a time. */
public final class BulkWrites {
    private BulkWrites() {}

    public static Write put(String group, String uuid, Person sender, String text, Instant at) {
        return new Write.Put(MessageTable.message(group, uuid, sender, text, at), Condition.NONE);
    }

    public static Write delete(Message message) {
        return new Write.Delete(MessageTable.messageKey(message.group(), message.key()), Condition.NONE);
    }
}
