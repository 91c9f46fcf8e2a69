package dev.dynacog.messages;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Hope;
import dev.dynacog.messages.LastMessageProjector.Projected;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Groups that failed and may do better: each is tried again after a pause of its own, which grows. */
final class OwedGroups {
    /** With so many it is not the groups that something is wrong with. */
    private static final int MOST = 1000;
    /** Whoever doesn't want to wait for ever waits for so many attempts. */
    private static final int ATTEMPTS = 3;

    private static final int LONGEST_PAUSE = 6;

    private record Attempts(int count, long due) {}

    private final Duration firstPause;
    private final LongSupplier nanoTime;
    private final Map<String, Attempts> groups = new LinkedHashMap<>();

    OwedGroups(Duration firstPause, Collection<String> remembered) {
        this(firstPause, remembered, System::nanoTime);
    }

    /** The same by another clock. */
    OwedGroups(Duration firstPause, Collection<String> remembered, LongSupplier nanoTime) {
        this.firstPause = firstPause;
        this.nanoTime = nanoTime;
        remembered.forEach(group -> groups.put(group, new Attempts(0, nanoTime.getAsLong())));
    }

    List<String> all() {
        return List.copyOf(groups.keySet());
    }

    /** Those whose pause is over. */
    List<String> due() {
        long now = nanoTime.getAsLong();
        return groups.entrySet().stream()
                .filter(owed -> owed.getValue().due() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Waits until the next pause is over. */
    void awaitNext() {
        long now = nanoTime.getAsLong();
        long pause = groups.values().stream()
                .mapToLong(owed -> owed.due() - now)
                .min()
                .orElse(0);
        try {
            Thread.sleep(Math.max(0, Duration.ofNanos(pause).toMillis()) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("projecting was interrupted", "", e);
        }
    }

    /** Whether every one of them was tried often enough. */
    boolean areTired() {
        return groups.values().stream().allMatch(owed -> owed.count() >= ATTEMPTS);
    }

    /** Those who were tried again are owed no more, but for those who failed again. */
    void settle(Collection<String> tried, Projected projected) {
        List<Failure> failures = projected.failures(Hope.LATER);
        List<String> failed = failures.stream().map(Failure::group).toList();
        groups.keySet().removeIf(group -> tried.contains(group) && !failed.contains(group));
        for (Failure failure : failures) {
            int count =
                    1 + groups.getOrDefault(failure.group(), new Attempts(0, 0)).count();
            long pause = firstPause
                    .multipliedBy(1L << Math.min(count - 1, LONGEST_PAUSE))
                    .toNanos();
            groups.put(failure.group(), new Attempts(count, nanoTime.getAsLong() + pause));
            if (groups.size() > MOST) {
                throw new DynacogException.Failed(
                        "more than " + MOST + " groups can't be projected, the last one because: " + failure.reason(),
                        "nothing is lost: the next run starts before them",
                        failure.cause());
            }
        }
    }
}
