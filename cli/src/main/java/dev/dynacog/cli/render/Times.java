package dev.dynacog.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in the reader's zone, with their age. */
public final class Times {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_WITH_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private final ZoneId zone;
    private final Instant now;

    public Times(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** "19 Nov 2026 08:12 (3h ago)". */
    public String full(Instant moment) {
        return FULL.format(moment.atZone(zone)) + " (" + age(moment) + ")";
    }

    /** "Thu 19 Nov"; in another year than this, with it. */
    public String day(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        boolean thisYear = there.getYear() == now.atZone(zone).getYear();
        return (thisYear ? DAY : DAY_AND_YEAR).format(there);
    }

    /** "20:41". */
    public String time(Instant moment) {
        return TIME.format(moment.atZone(zone));
    }

    /** "3h ago" within a day, then "19 Nov 08:12", and from another year "19 Nov 2024". */
    public String shortly(Instant moment) {
        if (Duration.between(moment, now).abs().compareTo(Duration.ofDays(1)) < 0) {
            return age(moment);
        }
        ZonedDateTime there = moment.atZone(zone);
        boolean thisYear = there.getYear() == now.atZone(zone).getYear();
        return (thisYear ? SHORT : SHORT_WITH_YEAR).format(there);
    }

    /** "3h ago"; what is to come is "in 3h". */
    public String age(Instant moment) {
        Duration age = Duration.between(moment, now);
        String length = length(age.abs());
        if (length.equals("0s")) {
            return "now";
        }
        return age.isNegative() ? "in " + length : length + " ago";
    }

    private static String length(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + "h";
        }
        return seconds / 86_400 < 365 ? seconds / 86_400 + "d" : seconds / 86_400 / 365 + "y";
    }
}
