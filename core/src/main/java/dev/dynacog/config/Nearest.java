package dev.dynacog.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant who mistyped it. */
public final class Nearest {
    private Nearest() {}

    /** The known name that is closest to the given one, when it is close enough to have been meant. */
    public static Optional<String> to(String given, Collection<String> known) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(given.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return least <= Math.max(1, given.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** The beginning of a hint; nothing when no known name is close enough. */
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(found -> "did you mean " + found + "? ").orElse("");
    }

    /** How many letters must be added, left out or changed to make one of the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
