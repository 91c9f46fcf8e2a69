package dev.dynacog.messages;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as sort keys. What is written has one form, UTC in microseconds at a fixed width, so that the order of the texts
 * is the order in time. What is read may have any form of ISO 8601, as apps have written them over the years.
 */
public final class MessageTime {
    /** No offset from UTC is larger than this, so the text of a key is never further from its instant. */
    public static final Duration LARGEST_OFFSET = Duration.ofHours(18);

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT);
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT),
            DateTimeFormatter.ISO_WEEK_DATE,
            DateTimeFormatter.ISO_ORDINAL_DATE);
    private static final Pattern PARTS = Pattern.compile("(?<date>[0-9Ww-]{7,10})"
            + "(?:[Tt _](?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?)?"
            + "(?:\\s?(?<zone>[Zz]|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d(?:\\.\\d+)?)?)?))?)?");

    private MessageTime() {}

    /** The one form in which times are written. */
    public static String write(Instant instant) {
        return WRITTEN.format(toMicros(instant).atOffset(ZoneOffset.UTC));
    }

    /** As precise as a key is. */
    public static Instant toMicros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** The instant that a text means; nothing when it is no time. Without a zone it is UTC. */
    public static Optional<Instant> read(String text) {
        return parts(text)
                .flatMap(parts -> offset(parts.group("zone"))
                        .flatMap(offset -> local(parts).map(local -> local.toInstant(offset))));
    }

    /** The instant that a text would mean in UTC, whatever its offset says: where it stands in the order of the texts. */
    static Optional<Instant> position(String text) {
        return parts(text).flatMap(MessageTime::local).map(local -> local.toInstant(ZoneOffset.UTC));
    }

    private static Optional<Matcher> parts(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        return parts.matches() ? Optional.of(parts) : Optional.empty();
    }

    private static Optional<LocalDateTime> local(Matcher parts) {
        int hour = number(parts.group("hour"));
        int minute = number(parts.group("minute"));
        int second = number(parts.group("second"));
        // 24:00 ends a day, and a leap second is the sixtieth.
        if (hour > 24 || minute > 59 || second > 60) {
            return Optional.empty();
        }
        return date(parts.group("date"))
                .map(date -> date.atStartOfDay()
                        .plusHours(hour)
                        .plusMinutes(minute)
                        .plusSeconds(second)
                        .plusNanos(nanos(parts.group("fraction"))));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static Optional<LocalDate> date(String text) {
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(LocalDate.parse(text.toUpperCase(Locale.ROOT), format));
            } catch (DateTimeException e) {
                // It may have the next form.
            }
        }
        return Optional.empty();
    }

    private static Optional<ZoneOffset> offset(@Nullable String zone) {
        if (zone == null) {
            return Optional.of(ZoneOffset.UTC);
        }
        try {
            // A fraction of a second is more than an offset takes here.
            return Optional.of(ZoneOffset.of(zone.replaceFirst("\\..*", "").toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
