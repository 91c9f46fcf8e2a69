package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Patience patience = new Patience("sending", now::get);

    /** Also where the clock runs over, which nanoTime may. */
    @Test
    void itEndsAfterHalfAMinuteAndSaysHowOftenItWasTried() {
        assertThat(patience.attempts()).isOne();
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        patience.spend();
        assertThat(patience.attempts()).isEqualTo(2);
        now.incrementAndGet();
        assertThatThrownBy(patience::pause)
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessage("sending was tried 3 times in 30 seconds, with concurrent writes each time");
    }

    @Test
    void aPauseTakesAMillisecondAtLeastAndIsAnAttempt() {
        long before = System.nanoTime();
        patience.pause();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(1));
        assertThat(patience.attempts()).isEqualTo(2);
    }

    @Test
    void whoeverInterruptsAPauseIsNotForgotten() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(patience::pause)
                    .isInstanceOf(DynacogException.Incomplete.class)
                    .hasMessage("incomplete: sending was interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
