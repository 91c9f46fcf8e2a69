package dev.dynacog.idsync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Texts and numbers one after the other, as bytes. Every text has its length before it, so that any text can be one. */
final class Fields {
    private Fields() {}

    /** Puts fields together. */
    static final class Writer {
        private byte[] bytes = new byte[256];
        private int size;

        Writer number(int number) {
            byte[] room = room(Integer.BYTES);
            room[size++] = (byte) (number >>> 24);
            room[size++] = (byte) (number >>> 16);
            room[size++] = (byte) (number >>> 8);
            room[size++] = (byte) number;
            return this;
        }

        Writer text(Optional<String> text) {
            if (text.isEmpty()) {
                return number(-1);
            }
            byte[] encoded = text.get().getBytes(StandardCharsets.UTF_8);
            number(encoded.length);
            System.arraycopy(encoded, 0, room(encoded.length), size, encoded.length);
            size += encoded.length;
            return this;
        }

        int size() {
            return size;
        }

        private byte[] room(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
            }
            return bytes;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** Takes them apart again, in the same order. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte... bytes) {
            this.bytes = bytes;
        }

        int number() {
            return (bytes[at++] << 24)
                    | ((bytes[at++] & 0xff) << 16)
                    | ((bytes[at++] & 0xff) << 8)
                    | (bytes[at++] & 0xff);
        }

        Optional<String> text() {
            int length = number();
            if (length < 0) {
                return Optional.empty();
            }
            at += length;
            return Optional.of(new String(bytes, at - length, length, StandardCharsets.UTF_8));
        }
    }

    /** A key of several texts: one is compared after the other. None of them may have a NUL in it. */
    static byte[] key(String... texts) {
        return String.join("\0", texts).getBytes(StandardCharsets.UTF_8);
    }

    /** A key in the order of numbers that aren't negative. */
    static byte[] key(int number) {
        return new Writer().number(number).bytes();
    }
}
