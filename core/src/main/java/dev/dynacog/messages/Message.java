package dev.dynacog.messages;

import java.time.Instant;
import java.util.Optional;

/**
 * One message of a group.
 *
 * @param key the sort key as it is stored
 * @param at the instant that the key means; nothing when it can't be read
 */
public record Message(String group, String uuid, Person sender, String text, String key, Optional<Instant> at) {
    /** As many characters as the app allows, counted as it counts them: in code points. */
    public static final int LONGEST = 1024;
}
