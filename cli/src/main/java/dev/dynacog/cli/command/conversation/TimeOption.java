package dev.dynacog.cli.command.conversation;

import dev.dynacog.error.DynacogException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as people type it. Without a zone it is in theirs, as the times they see are. */
final class TimeOption {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})\\s*([smhdw])(?: ago)?");

    private TimeOption() {}

    static Instant parse(String option, String text, ZoneId zone, Instant now) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            return now.minus(length(Long.parseLong(age.group(1)), age.group(2)));
        }
        if (text.equals("now")) {
            return now;
        }
        String iso = text.replaceFirst("^(\\S+) (\\d)", "$1T$2");
        try {
            if (iso.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            if (iso.matches("\\d\\d:\\d\\d(:\\d\\d)?")) {
                return LocalDate.ofInstant(now, zone)
                        .atTime(LocalTime.parse(iso))
                        .atZone(zone)
                        .toInstant();
            }
            return iso.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new DynacogException.Usage(
                    "invalid time '" + text + "' for " + option,
                    "for example 3d, 2h, 2026-11-19, 20:41, 2026-11-19T20:41 or 2026-11-19T20:41:00Z");
        }
    }

    private static Duration length(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }
}
