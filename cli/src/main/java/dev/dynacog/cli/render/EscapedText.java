package dev.dynacog.cli.render;

import com.fasterxml.jackson.core.SerializableString;
import dev.dynacog.cli.terminal.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A text in JSON in which what a terminal would obey, or not show, is an escape. JSON's own escapes lose nothing, so that a
 * file gets them, too.
 */
record EscapedText(String text) implements SerializableString {
    /** Whether a text has what Jackson wouldn't escape by itself. */
    static boolean isNeeded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x7f && !Character.isLowSurrogate(unit) && Printable.isUnsafe(text, i)) {
                return true;
            }
            if (Character.isLowSurrogate(unit) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    private String quoted() {
        StringBuilder json = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int units = Character.charCount(point);
            if (point == '"' || point == '\\') {
                json.append('\\').append((char) point);
            } else if (point < 0x20) {
                json.append(control(point));
            } else if (Printable.isUnsafe(text, i)) {
                text.substring(i, i + units)
                        .chars()
                        .forEach(unit -> json.append(String.format(Locale.ROOT, "\\u%04x", unit)));
            } else {
                json.appendCodePoint(point);
            }
            i += units;
        }
        return json.toString();
    }

    private static String control(int unit) {
        return switch (unit) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> String.format(Locale.ROOT, "\\u%04X", unit);
        };
    }

    @Override
    public String getValue() {
        return text;
    }

    @Override
    public int charLength() {
        return text.length();
    }

    @Override
    public char[] asQuotedChars() {
        return quoted().toCharArray();
    }

    @Override
    public byte[] asQuotedUTF8() {
        return quoted().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        return put(asQuotedChars(), buffer, offset);
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        return put(text.toCharArray(), buffer, offset);
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        return put(asQuotedUTF8(), buffer, offset);
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        return put(asUnquotedUTF8(), buffer, offset);
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        return write(asQuotedUTF8(), out);
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        return write(asUnquotedUTF8(), out);
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        return put(asQuotedUTF8(), buffer);
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        return put(asUnquotedUTF8(), buffer);
    }

    /** Jackson's contract: the length, or -1 where there is no room. */
    private static int put(char[] from, char[] to, int offset) {
        if (offset + from.length > to.length) {
            return -1;
        }
        System.arraycopy(from, 0, to, offset, from.length);
        return from.length;
    }

    private static int put(byte[] from, byte[] to, int offset) {
        if (offset + from.length > to.length) {
            return -1;
        }
        System.arraycopy(from, 0, to, offset, from.length);
        return from.length;
    }

    private static int put(byte[] from, ByteBuffer to) {
        if (from.length > to.remaining()) {
            return -1;
        }
        to.put(from);
        return from.length;
    }

    private static int write(byte[] from, OutputStream to) throws IOException {
        to.write(from);
        return from.length;
    }
}
