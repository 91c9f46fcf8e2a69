package dev.dynacog.cli.terminal;

/** Text that a terminal only shows and never obeys. */
final class Printable {
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char DELETE_PICTURE = '\u2421';
    private static final char REPLACEMENT = '\ufffd';

    private Printable() {}

    /** Control characters become their pictures; what changes the direction of writing, or is half a character, too. */
    static String of(String text) {
        int first = firstUnsafe(text);
        if (first < 0) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 8).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x20) {
                safe.append((char) (CONTROL_PICTURES + unit));
            } else if (unit == 0x7f) {
                safe.append(DELETE_PICTURE);
            } else if (isUnsafe(unit) || isHalf(text, i)) {
                safe.append(REPLACEMENT);
            } else {
                safe.append(unit);
            }
        }
        return safe.toString();
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i)) || isHalf(text, i)) {
                return i;
            }
        }
        return -1;
    }

    /** C0 and C1 controls, DEL, line and paragraph separators, and the characters that override the writing direction. */
    static boolean isUnsafe(char unit) {
        return unit < 0x20
                || (unit >= 0x7f && unit < 0xa0)
                || (unit >= '\u2028' && unit <= '\u202e')
                || (unit >= '\u2066' && unit <= '\u2069');
    }

    private static boolean isHalf(String text, int i) {
        char unit = text.charAt(i);
        if (Character.isHighSurrogate(unit)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(unit) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
