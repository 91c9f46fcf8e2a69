package dev.dynacog.dynamo.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How far a stream has been read.
 *
 * @param stream the stream's ARN: a table that is made anew has another
 */
public record StreamPosition(String stream, Map<String, ShardPosition> shards) {
    /** So long DynamoDB keeps what a stream tells. */
    public static final Duration RETENTION = Duration.ofHours(24);

    public StreamPosition {
        shards = Map.copyOf(shards);
    }

    /** Until when everything was seen. */
    public Instant seenUntil() {
        return shards.values().stream()
                .filter(shard -> !(shard instanceof ShardPosition.End))
                .map(ShardPosition::seenUntil)
                .min(Instant::compareTo)
                .orElseGet(() -> shards.values().stream()
                        .map(ShardPosition::seenUntil)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH));
    }

    /** Whether changes that were not seen yet may be gone from the stream. */
    public boolean isPastRetention(Instant now) {
        return seenUntil().isBefore(now.minus(RETENTION));
    }
}
