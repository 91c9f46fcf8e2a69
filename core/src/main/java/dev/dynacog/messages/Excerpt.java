package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Capacity;
import java.util.List;
import java.util.OptionalLong;

/**
 * The newest of something.
 *
 * @param shown newest first
 * @param more whether there are older ones
 * @param older how many those are, where that was found out without reading on
 * @param unreadable how many have a time that can't be read
 */
public record Excerpt<T>(List<T> shown, boolean more, OptionalLong older, long unreadable, Capacity capacity) {}
