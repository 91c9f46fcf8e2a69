package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Item;
import java.time.Instant;
import java.util.Optional;

/**
 * What one of a group's people sees of it in the list of conversations.
 *
 * @param owner the uuid of whose list it stands in
 * @param other whom it is a conversation with
 * @param lastMessage the newest message's text
 * @param key the sort key as it is stored
 * @param at the instant that the key means; nothing when it can't be read
 * @param item all that is stored, so that what the app adds to it goes along
 */
public record GroupRow(
        String owner, String group, Person other, String lastMessage, String key, Optional<Instant> at, Item item) {

    /** A key that can't be read is older than any that can. */
    Instant instant() {
        return at.orElse(Instant.MIN);
    }
}
