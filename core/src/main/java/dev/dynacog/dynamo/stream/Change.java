package dev.dynacog.dynamo.stream;

import dev.dynacog.dynamo.item.Item;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of an item, as the table's stream tells it.
 *
 * @param at when it was made, rounded: AWS tells seconds, DynamoDB Local minutes
 * @param key the item's key
 * @param now the item after it, where the stream shows that
 * @param before the item before it, where the stream shows that
 * @param expired whether nobody made it: the item's time to live was over
 */
public record Change(
        Event event, Instant at, Place place, Item key, Optional<Item> now, Optional<Item> before, boolean expired) {
    /** What happened to the item. */
    public enum Event {
        INSERT,
        MODIFY,
        REMOVE
    }

    /** Where in the stream it stands. */
    public record Place(String shard, String sequenceNumber) {}

    /** As much as is known of the item. */
    public Item item() {
        return now.or(() -> before).orElse(key);
    }
}
