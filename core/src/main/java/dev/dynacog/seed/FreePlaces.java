package dev.dynacog.seed;

import dev.dynacog.messages.MessageTime;
import dev.dynacog.seed.SeedPlan.Placed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for lines where nobody else's message stands: where one does, the next microsecond is taken. Lines and
 * taken keys come in their order, so both are walked through once.
 */
final class FreePlaces {
    private final Iterator<String> taken;
    private @Nullable String next;
    private long steps;

    /**
     * @param taken the keys of others, in the order of their texts
     */
    FreePlaces(Iterator<String> taken) {
        this.taken = taken;
        advance();
    }

    private void advance() {
        next = taken.hasNext() ? taken.next() : null;
        steps++;
    }

    /** The lines, the oldest first, each at its own time or shortly after it. */
    List<Placed> find(List<Placed> lines) {
        List<Placed> placed = new ArrayList<>(lines.size());
        Instant last = Instant.MIN;
        for (Placed line : lines) {
            Instant at = line.at().isAfter(last) ? line.at() : last.plus(1, ChronoUnit.MICROS);
            String key = MessageTime.write(at);
            while (next != null && next.compareTo(key) <= 0) {
                if (next.equals(key)) {
                    at = at.plus(1, ChronoUnit.MICROS);
                    key = MessageTime.write(at);
                }
                advance();
            }
            placed.add(line.movedTo(at));
            last = at;
            steps++;
        }
        return placed;
    }

    /** How much work it was, whatever the machine. */
    long steps() {
        return steps;
    }
}
