package dev.dynacog.dynamo.stream;

import java.time.Instant;

/** How far a shard has been read, and until when nothing of it can have been missed. */
public sealed interface ShardPosition {
    Instant seenUntil();

    /** Nothing of it was read yet. */
    record Beginning(Instant seenUntil) implements ShardPosition {}

    /** Everything up to this record. */
    record After(String sequenceNumber, Instant seenUntil) implements ShardPosition {}

    /** All of it, and nothing will be added to it. */
    record End(Instant seenUntil) implements ShardPosition {}

    /** The same place, with nothing behind it until then. */
    default ShardPosition seenUntil(Instant instant) {
        Instant later = instant.isAfter(seenUntil()) ? instant : seenUntil();
        if (this instanceof After after) {
            return new After(after.sequenceNumber(), later);
        }
        return this instanceof Beginning ? new Beginning(later) : new End(later);
    }
}
