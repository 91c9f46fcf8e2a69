package dev.dynacog.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in the reader's zone, with their age. */
public final class Times {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);

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
