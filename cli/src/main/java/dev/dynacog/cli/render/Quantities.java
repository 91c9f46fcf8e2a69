package dev.dynacog.cli.render;

import dev.dynacog.dynamo.item.Capacity;
import java.math.BigDecimal;
import java.util.Locale;

/** Numbers for people: short, and exact while they are small. */
public final class Quantities {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Quantities() {}

    /** A count: every digit below a million, then 1.2 M. */
    public static String count(long count) {
        if (count < 1_000_000) {
            return String.format(Locale.ROOT, "%,d", count);
        }
        return count < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f M", count / 1e6)
                : String.format(Locale.ROOT, "%.1f G", count / 1e9);
    }

    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BYTES.length - 1) {
            value /= 1024;
            unit++;
        }
        boolean whole = unit == 0 || value >= 10;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, BYTES[unit]);
    }

    /** "3 tables", "1 table". */
    public static String of(long count, String singular, String plural) {
        return count(count) + " " + (count == 1 ? singular : plural);
    }

    /** "0.5 RCU". */
    public static String reads(Capacity capacity) {
        return decimal(capacity.readUnits()) + " RCU";
    }

    /** "2 WCU". */
    public static String writes(Capacity capacity) {
        return decimal(capacity.writeUnits()) + " WCU";
    }

    /** "about $0.0012". */
    public static String dollars(Capacity capacity) {
        BigDecimal dollars = capacity.dollars();
        if (dollars.compareTo(new BigDecimal("0.0001")) < 0) {
            return "under $0.0001";
        }
        boolean small = dollars.compareTo(BigDecimal.ONE) < 0;
        return "about $" + String.format(Locale.ROOT, small ? "%.4f" : "%,.2f", dollars);
    }

    private static String decimal(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }
}
