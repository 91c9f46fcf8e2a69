package dev.dynacog.messages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** From an instant on, and before another. */
public record TimeRange(Optional<Instant> since, Optional<Instant> until) {
    public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

    public boolean isAll() {
        return since.isEmpty() && until.isEmpty();
    }

    boolean contains(Instant instant) {
        return since.filter(instant::isBefore).isEmpty()
                && until.filter(end -> !instant.isBefore(end)).isEmpty();
    }

    /**
     * The texts between which all keys stand that may be in the range, whatever their offsets. They are whole days, which
     * stand before every form of a time in that day.
     */
    String firstKey() {
        return since.map(instant ->
                        day(instant.minus(MessageTime.LARGEST_OFFSET)).toString())
                .orElse("0");
    }

    String lastKey() {
        return until.map(instant -> day(instant.plus(MessageTime.LARGEST_OFFSET))
                        .plusDays(1)
                        .toString())
                .orElse("~");
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
