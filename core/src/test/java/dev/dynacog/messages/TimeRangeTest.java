package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeRangeTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-21T11:00:00Z");

    @Test
    void itIsFromAnInstantOnAndBeforeAnother() {
        TimeRange range = new TimeRange(Optional.of(TEN), Optional.of(ELEVEN));
        assertThat(range.contains(TEN.minusNanos(1))).isFalse();
        assertThat(range.contains(TEN)).isTrue();
        assertThat(range.contains(ELEVEN.minusNanos(1))).isTrue();
        assertThat(range.contains(ELEVEN)).isFalse();
        assertThat(TimeRange.ALL.contains(Instant.MIN)).isTrue();
        assertThat(TimeRange.ALL.contains(Instant.MAX)).isTrue();
    }

    @Test
    void onlyOneWithoutEndsIsAll() {
        assertThat(TimeRange.ALL.isAll()).isTrue();
        assertThat(new TimeRange(Optional.of(TEN), Optional.empty()).isAll()).isFalse();
        assertThat(new TimeRange(Optional.empty(), Optional.of(TEN)).isAll()).isFalse();
    }

    @Test
    void theKeysAreWholeDaysThatNoOffsetLeavesOut() {
        TimeRange range = new TimeRange(Optional.of(TEN), Optional.of(ELEVEN));
        assertThat(range.firstKey()).isEqualTo("2026-11-20");
        assertThat(range.lastKey()).isEqualTo("2026-11-23");
        assertThat(TimeRange.ALL.firstKey()).isLessThan("2000");
        assertThat(TimeRange.ALL.lastKey()).isGreaterThan("9999");
    }
}
