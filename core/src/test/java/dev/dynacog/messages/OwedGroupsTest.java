package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Hope;
import dev.dynacog.messages.LastMessageProjector.Projected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwedGroupsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND.toNanos());

    private OwedGroups owed(String... remembered) {
        return new OwedGroups(SECOND, List.of(remembered), now::get);
    }

    private static Projected failed(Hope hope, String... groups) {
        return new Projected(
                0,
                0,
                0,
                0,
                0,
                List.of(groups).stream()
                        .map(group -> new Failure(group, "1", new IllegalStateException("busy"), hope))
                        .toList());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void whatIsRememberedIsDueAtOnceAndWasNotTriedYet() {
        OwedGroups owed = owed("a", "b");
        assertThat(owed.due()).containsExactly("a", "b");
        assertThat(owed.areTired()).isFalse();
        assertThat(owed().areTired()).isTrue();
        assertThat(owed().due()).isEmpty();
    }

    /** Also where the clock runs over, which nanoTime may. */
    @Test
    void eachPauseIsTwiceTheOneBeforeUpToSixtyFourTimesTheFirst() {
        OwedGroups owed = owed();
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            owed.settle(List.of("g"), failed(Hope.LATER, "g"));
            pass(SECOND.multipliedBy(pause).minusNanos(1));
            assertThat(owed.due()).isEmpty();
            pass(Duration.ofNanos(1));
            assertThat(owed.due()).containsExactly("g");
        }
    }

    @Test
    void threeAttemptsAreEnoughForThoseWhoDontWaitForEver() {
        OwedGroups owed = owed("a", "b");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(owed.areTired()).isFalse();
            owed.settle(List.of("a", "b"), failed(Hope.LATER, "a", "b"));
        }
        assertThat(owed.areTired()).isTrue();
        owed.settle(List.of(), failed(Hope.LATER, "new"));
        assertThat(owed.areTired()).isFalse();
    }

    @Test
    void whoWasTriedAndDidntFailAgainIsOwedNoMore() {
        OwedGroups owed = owed("done", "hopeless", "again", "waiting");
        Projected projected = new Projected(
                0,
                0,
                1,
                0,
                0,
                List.of(
                        new Failure("hopeless", "1", new IllegalStateException(), Hope.NONE),
                        new Failure("again", "1", new IllegalStateException(), Hope.LATER)));
        owed.settle(List.of("done", "hopeless", "again"), projected);
        assertThat(owed.all()).containsExactlyInAnyOrder("again", "waiting");
        assertThat(owed.due()).containsExactly("waiting");
    }

    @Test
    void aThousandAreOwedAndNoMore() {
        OwedGroups owed = owed();
        String[] thousand = IntStream.range(0, 1000).mapToObj(i -> "g" + i).toArray(String[]::new);
        owed.settle(List.of(), failed(Hope.LATER, thousand));
        assertThat(owed.all()).hasSize(1000);
        assertThatThrownBy(() -> owed.settle(List.of(), failed(Hope.LATER, "one more")))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessage("more than 1000 groups can't be projected, the last one because: "
                        + "java.lang.IllegalStateException: busy");
    }

    @Test
    void theNextPauseIsWaitedForAndNoLonger() {
        OwedGroups owed = new OwedGroups(Duration.ofMillis(20), List.of());
        owed.settle(List.of(), failed(Hope.LATER, "later"));
        owed.settle(List.of(), failed(Hope.LATER, "later"));
        owed.settle(List.of(), failed(Hope.LATER, "soon"));
        owed.awaitNext();
        assertThat(owed.due()).contains("soon");
        owed("now").awaitNext();
        owed().awaitNext();
    }

    @Test
    void whoeverInterruptsTheWaitIsNotForgotten() {
        OwedGroups owed = owed();
        owed.settle(List.of(), failed(Hope.LATER, "g"));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(owed::awaitNext)
                    .isInstanceOf(DynacogException.Incomplete.class)
                    .hasMessage("incomplete: projecting was interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
