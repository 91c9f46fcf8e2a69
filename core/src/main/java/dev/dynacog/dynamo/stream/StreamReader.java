package dev.dynacog.dynamo.stream;

import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * Reads a stream, one shard after the other in turn, and a shard only when the one that it grew out of is at its end: so
 * the changes of an item come in their order. What it has given counts as read; {@link #position} says how far that is.
 */
public final class StreamReader {
    /** So many empty answers in a row mean that a shard has nothing more: one alone means nothing. */
    private static final int SETTLED = 3;

    /**
     * How eagerly it asks.
     *
     * @param again between two requests for the same shard; the service answers five a second
     * @param idle the same, for a shard that had nothing for a while
     * @param look between two looks for new shards
     */
    public record Pace(Duration again, Duration idle, Duration look) {
        public static final Pace POLITE =
                new Pace(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(10));
        /** For a server of one's own. */
        public static final Pace EAGER = new Pace(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(50));
    }

    /** What came of asking. */
    public sealed interface Read {}

    /** Changes of one shard, in their order; none when there was nothing for a moment. */
    public record Changes(List<Change> changes) implements Read {}

    /** Changes were dropped by the stream before they could be read. It goes on with the oldest that there are. */
    public record Lost(String why) implements Read {}

    /** The stream was switched off and all of it was read. */
    public record Over() implements Read {}

    private static final class Shard {
        private final String id;
        private final Optional<String> parent;
        private ShardPosition position;
        private @Nullable String iterator;
        /** When reading began, for a shard that is read from then on. */
        private Optional<Instant> begun = Optional.empty();

        private Optional<Instant> notBefore = Optional.empty();
        private int emptyAnswers;
        private long due = System.nanoTime();

        Shard(String id, Optional<String> parent, ShardPosition position) {
            this.id = id;
            this.parent = parent;
            this.position = position;
        }

        boolean isAtEnd() {
            return position instanceof ShardPosition.End;
        }
    }

    private final TableStream stream;
    private final Pace pace;
    private final Map<String, ShardPosition> resumed;
    private Map<String, Shard> shards = new LinkedHashMap<>();
    private boolean disabled;
    private boolean lookAgain = true;
    private long lookedAt;

    private StreamReader(TableStream stream, Map<String, ShardPosition> resumed, Pace pace) {
        this.stream = stream;
        this.pace = pace;
        this.resumed = new HashMap<>(resumed);
    }

    static StreamReader begin(TableStream stream, TableStream.From from, Pace pace) {
        StreamReader reader = new StreamReader(stream, Map.of(), pace);
        reader.look(Instant.now(), from);
        return reader;
    }

    static StreamReader resume(TableStream stream, StreamPosition position, Pace pace) {
        return new StreamReader(stream, position.shards(), pace);
    }

    /** How far it is: everything that was given out is before this. */
    public StreamPosition position() {
        Map<String, ShardPosition> positions = new HashMap<>(resumed);
        shards.values().forEach(shard -> positions.put(shard.id, shard.position));
        return new StreamPosition(stream.arn(), positions);
    }

    /** Whether every shard had nothing more to give when it was last asked. */
    public boolean isCaughtUp() {
        return !lookAgain
                && shards.values().stream().allMatch(shard -> shard.isAtEnd() || shard.emptyAnswers >= SETTLED);
    }

    /** The next changes. It waits for some, but not long, so that its caller can do other things too. */
    public Read next() {
        Optional<Read> found = lookWhenDue();
        if (found.isPresent()) {
            return found.get();
        }
        if (disabled && shards.values().stream().allMatch(Shard::isAtEnd)) {
            return new Over();
        }
        long now = System.nanoTime();
        long wait = pace.idle().toNanos();
        for (Shard shard : List.copyOf(shards.values())) {
            if (!canBeRead(shard)) {
                continue;
            }
            if (shard.due - now > 0) {
                wait = Math.min(wait, shard.due - now);
                continue;
            }
            Optional<Read> read = read(shard);
            if (read.isPresent()) {
                // The others come first the next time.
                shards.remove(shard.id);
                shards.put(shard.id, shard);
                return read.get();
            }
            wait = Math.min(wait, Math.max(0, shard.due - System.nanoTime()));
        }
        if (!lookAgain) {
            pause(wait);
        }
        return new Changes(List.of());
    }

    private boolean canBeRead(Shard shard) {
        return !shard.isAtEnd()
                && shard.parent.map(shards::get).map(Shard::isAtEnd).orElse(true);
    }

    private Optional<Read> read(Shard shard) {
        Instant asked = Instant.now();
        TableStream.Page page;
        try {
            if (shard.iterator == null) {
                shard.iterator = stream.iterator(shard.id, shard.position);
            }
            page = stream.page(shard.id, shard.iterator);
        } catch (ExpiredIteratorException e) {
            // This process was asleep for a while. The position is still good; where there is none yet, all that is
            // older
            // than the beginning has to be left out.
            shard.iterator = null;
            if (shard.position instanceof ShardPosition.Beginning) {
                shard.notBefore = shard.begun;
            }
            due(shard, pace.again());
            return Optional.empty();
        } catch (TrimmedDataAccessException e) {
            shard.iterator = null;
            shard.position = new ShardPosition.Beginning(asked);
            return Optional.of(new Lost("the stream keeps changes for " + StreamPosition.RETENTION.toHours()
                    + " hours, and some unread ones are gone"));
        } catch (LimitExceededException e) {
            // Others read the same shard, and the service has had enough of us all.
            due(shard, pace.idle());
            return Optional.empty();
        } catch (ResourceNotFoundException e) {
            // Gone since it was listed; the next look says what that means.
            shard.iterator = null;
            due(shard, pace.idle());
            lookAgain = true;
            return Optional.empty();
        }
        return take(shard, page, asked);
    }

    private Optional<Read> take(Shard shard, TableStream.Page page, Instant asked) {
        List<Change> changes = page.changes();
        if (changes.isEmpty()) {
            shard.emptyAnswers++;
            if (shard.emptyAnswers >= SETTLED) {
                shard.position = shard.position.seenUntil(asked);
            }
        } else {
            shard.emptyAnswers = 0;
            Change last = changes.get(changes.size() - 1);
            shard.position = new ShardPosition.After(last.place().sequenceNumber(), shard.position.seenUntil())
                    .seenUntil(last.at());
        }
        due(shard, shard.emptyAnswers > SETTLED ? pace.idle() : pace.again());
        shard.iterator = page.next().orElse(null);
        if (page.next().isEmpty()) {
            shard.position = new ShardPosition.End(shard.position.seenUntil());
            lookAgain = true;
        }
        List<Change> wanted = shard.notBefore
                .map(begin -> changes.stream()
                        .filter(change -> !change.at().isBefore(begin))
                        .toList())
                .orElse(changes);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new Changes(wanted));
    }

    private static void due(Shard shard, Duration pause) {
        shard.due = System.nanoTime() + pause.toNanos();
    }

    private Optional<Read> lookWhenDue() {
        boolean due = lookAgain || System.nanoTime() - lookedAt > pace.look().toNanos();
        return due ? look(Instant.now(), TableStream.From.OLDEST) : Optional.empty();
    }

    /** Learns of the shards that there are by now. */
    private Optional<Read> look(Instant now, TableStream.From from) {
        TableStream.Shards listed = stream.shards();
        lookedAt = System.nanoTime();
        lookAgain = false;
        disabled = listed.disabled();
        Map<String, Shard> known = new LinkedHashMap<>();
        shards.values().forEach(shard -> known.put(shard.id, shard));
        for (TableStream.Listed each : listed.shards()) {
            if (!known.containsKey(each.id())) {
                Instant since = each.parent()
                        .map(known::get)
                        .map(parent -> parent.position.seenUntil())
                        .orElse(now);
                known.put(each.id(), learn(each, since, from));
            }
        }
        Set<String> there = listed.shards().stream().map(TableStream.Listed::id).collect(Collectors.toSet());
        boolean lost = known.values().stream().anyMatch(shard -> !there.contains(shard.id) && !shard.isAtEnd())
                || resumed.values().stream().anyMatch(position -> !(position instanceof ShardPosition.End));
        known.keySet().retainAll(there);
        resumed.clear();
        shards = known;
        return lost ? Optional.of(new Lost("an unread part of the stream is gone")) : Optional.empty();
    }

    /**
     * A shard that was not known.
     *
     * @param since nothing of a shard is older than what its parent has told
     */
    private Shard learn(TableStream.Listed listed, Instant since, TableStream.From from) {
        ShardPosition before = resumed.remove(listed.id());
        if (before != null) {
            return new Shard(listed.id(), listed.parent(), before);
        }
        Shard shard = new Shard(listed.id(), listed.parent(), new ShardPosition.Beginning(since));
        if (from == TableStream.From.NOW) {
            if (listed.closed()) {
                shard.position = new ShardPosition.End(since);
            } else {
                shard.iterator = stream.iteratorFromNow(listed.id());
                // The times in a stream are rounded: AWS knows seconds, DynamoDB Local minutes.
                shard.begun = Optional.of(since.truncatedTo(ChronoUnit.MINUTES));
            }
        }
        return shard;
    }

    private static void pause(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos).toMillis() + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("reading the stream was interrupted", "", e);
        }
    }
}
