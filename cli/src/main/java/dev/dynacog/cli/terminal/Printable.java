package dev.dynacog.cli.terminal;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Text that a terminal only shows and never obeys, and in which nothing hides. */
public final class Printable {
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char DELETE_PICTURE = '\u2421';
    private static final char REPLACEMENT = '\ufffd';

    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;
    private static final int BLACK_FLAG = 0x1f3f4;
    private static final int END_OF_TAGS = 0xe007f;
    private static final int LONGEST_TAG = 6;

    /** Blanks and marks that Unicode doesn't call format characters, and that show nothing all the same. */
    private static final Set<Integer> INVISIBLE =
            Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2065, 0x3164, 0xffa0);

    /** Format characters that have a shape: signs of numbers and dates in Arabic and Kaithi, the end of an ayah. */
    private static final Set<Integer> VISIBLE_FORMAT =
            Set.of(0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06dd, 0x08e2, 0x110bd, 0x110cd);

    /** Where a joiner or a non-joiner decides how a word is written. */
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER,
            UnicodeScript.TIBETAN);

    private Printable() {}

    /** Control characters become their pictures, half a character the replacement, what would not be seen its number. */
    static String of(String text) {
        int first = 0;
        while (first < text.length() && !isUnsafe(text, first)) {
            first += width(text, first);
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i += width(text, i)) {
            if (isUnsafe(text, i)) {
                safe.append(shown(text.codePointAt(i)));
            } else {
                safe.appendCodePoint(text.codePointAt(i));
            }
        }
        return safe.toString();
    }

    private static int width(String text, int i) {
        return Character.charCount(text.codePointAt(i));
    }

    private static String shown(int point) {
        if (point < 0x20) {
            return String.valueOf((char) (CONTROL_PICTURES + point));
        }
        if (point == 0x7f) {
            return String.valueOf(DELETE_PICTURE);
        }
        if (Character.getType(point) == Character.SURROGATE) {
            return String.valueOf(REPLACEMENT);
        }
        return String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\u{%x}", point);
    }

    /** Whether the character that begins there is one to obey, is none, or would not be seen. */
    public static boolean isUnsafe(String text, int i) {
        int point = text.codePointAt(i);
        if (point < 0x7f) {
            return point < 0x20;
        }
        if (isSelector(point)) {
            return !selects(text, i);
        }
        if (point >= 0xe0000 && point <= 0xe0fff) {
            return !isInFlag(text, i);
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> !VISIBLE_FORMAT.contains(point) && !joins(text, i, point);
            default -> INVISIBLE.contains(point);
        };
    }

    /** Which of its forms a character is to be shown in: one for each character, and what else they say is hidden. */
    private static boolean isSelector(int point) {
        return (point >= 0xfe00 && point <= 0xfe0f)
                || (point >= 0xe0100 && point <= 0xe01ef)
                || (point >= 0x180b && point <= 0x180f && point != 0x180e);
    }

    private static boolean selects(String text, int i) {
        if (i == 0) {
            return false;
        }
        int before = text.codePointBefore(i);
        boolean latin = before < 0x80 && Character.isLetter(before);
        return !latin && before > 0x20 && !isSelector(before) && Character.getType(before) != Character.FORMAT;
    }

    /** Between two emoji, which become one, and in scripts whose letters join. */
    private static boolean joins(String text, int i, int point) {
        if (i == 0 || (point != JOINER && point != NON_JOINER)) {
            return false;
        }
        int before = text.codePointBefore(i);
        if (JOINED.contains(UnicodeScript.of(before)) && Character.getType(before) != Character.FORMAT) {
            return true;
        }
        int start = i;
        while (start > 0 && isModifier(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        return point == JOINER
                && start > 0
                && isSymbol(text.codePointBefore(start))
                && i + 1 < text.length()
                && isSymbol(text.codePointAt(i + 1));
    }

    private static boolean isModifier(int point) {
        return point == 0xfe0f || (point >= 0x1f3fb && point <= 0x1f3ff);
    }

    private static boolean isSymbol(int point) {
        int type = Character.getType(point);
        return type == Character.OTHER_SYMBOL || (type == Character.MATH_SYMBOL && point >= 0x2190);
    }

    /** The flags of England, Scotland and Wales: a black flag, a few tags, and their end. */
    private static boolean isInFlag(String text, int i) {
        int start = i;
        while (start > 0 && isTag(text.codePointBefore(start))) {
            start -= 2;
        }
        int end = start;
        while (end < text.length() && isTag(text.codePointAt(end))) {
            end += 2;
        }
        return start > 0
                && text.codePointBefore(start) == BLACK_FLAG
                && text.codePointBefore(end) == END_OF_TAGS
                && text.indexOf(Character.toString(END_OF_TAGS), start) == end - 2
                && end - start <= 2 * LONGEST_TAG;
    }

    private static boolean isTag(int point) {
        return point >= 0xe0020 && point <= END_OF_TAGS;
    }
}
