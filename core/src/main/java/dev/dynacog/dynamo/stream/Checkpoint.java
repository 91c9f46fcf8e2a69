package dev.dynacog.dynamo.stream;

import java.util.List;

/**
 * What a reader of a stream remembers between two runs.
 *
 * @param owed what was read but could not be done yet, in the reader's own words: it is tried again before the stream is
 */
public record Checkpoint(StreamPosition position, List<String> owed) {
    public Checkpoint {
        owed = List.copyOf(owed);
    }
}
