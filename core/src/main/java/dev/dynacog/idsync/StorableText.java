package dev.dynacog.idsync;

/** Which texts can be a value in Postgres. */
final class StorableText {
    private static final char REPLACEMENT = '\ufffd';

    private StorableText() {}

    /** NUL can't be stored, and half a surrogate pair is no character. */
    static boolean isStorable(String text) {
        return text.equals(storable(text));
    }

    /** The text with what can't be stored replaced, to be shown. */
    static String storable(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (unit == 0 || Character.isSurrogate(unit)) {
                changed.setCharAt(i, REPLACEMENT);
            }
        }
        return changed.toString();
    }

    /** What texts have in common that differ in case alone: letter by letter, as Postgres' lower() does. */
    static String fold(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char unit = text.charAt(i);
            plain = unit < 0x80 && !(unit >= 'A' && unit <= 'Z');
        }
        if (plain) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
