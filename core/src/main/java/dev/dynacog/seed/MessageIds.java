package dev.dynacog.seed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids that a fixture gives, which follow from its identity, line and text alone. They are UUIDs of version 8, whose
 * first six bytes stand for the fixture and the others for the line, so that what a seed made can be told from what people
 * wrote.
 */
final class MessageIds {
    private final String identity;
    private final byte[] fixture;
    private final String prefix;

    MessageIds(String identity) {
        this.identity = identity;
        this.fixture = digest("fixture " + identity);
        this.prefix = uuid(fixture, new byte[32]).substring(0, 15);
    }

    String identity() {
        return identity;
    }

    /** A group's id, for where none is given. */
    String group() {
        return uuid(fixture, digest("group of " + identity));
    }

    /** A message's id, the same whenever the same line of the same fixture is seeded. */
    String of(int line, String text) {
        return uuid(fixture, digest("line " + line + " of " + identity + "\n" + text));
    }

    /** Whether an id is one that the fixture, in whatever version, gave. */
    boolean gave(String id) {
        return id.startsWith(prefix);
    }

    private static String uuid(byte[] first, byte[] rest) {
        byte[] bytes = new byte[16];
        System.arraycopy(first, 0, bytes, 0, 6);
        System.arraycopy(rest, 0, bytes, 6, 10);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(bytes);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
