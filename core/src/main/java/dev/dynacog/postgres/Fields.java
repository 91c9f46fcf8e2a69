package dev.dynacog.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts and numbers one after the other, as bytes. Every text has its length before it, so that any text can be one. */
final class Fields {
    private Fields() {}

    /** Puts fields together. */
    static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        private final DataOutputStream out = new DataOutputStream(bytes);

        Writer number(int number) {
            try {
                out.writeInt(number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        Writer text(Optional<String> text) {
            if (text.isEmpty()) {
                return number(-1);
            }
            byte[] encoded = text.get().getBytes(StandardCharsets.UTF_8);
            number(encoded.length);
            bytes.writeBytes(encoded);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Takes them apart again, in the same order. */
    static final class Reader {
        private final DataInputStream in;

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        int number() {
            try {
                return in.readInt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Optional<String> text() {
            int length = number();
            try {
                return length < 0
                        ? Optional.empty()
                        : Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
