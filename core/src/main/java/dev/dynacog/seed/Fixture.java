package dev.dynacog.seed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A conversation of two people, to be written into a table.
 *
 * @param people the handles of the two
 * @param every how much time is between two messages
 */
public record Fixture(
        String name, Optional<String> groupId, List<String> people, Start start, Duration every, List<Line> lines) {

    /** One message. */
    public record Line(String handle, String text) {}

    /** When a conversation begins. */
    public sealed interface Start {
        Instant at(Instant now);
    }

    /** So long before it is seeded for the first time. */
    public record Ago(Duration before) implements Start {
        @Override
        public Instant at(Instant now) {
            return now.minus(before);
        }
    }

    public record Fixed(Instant instant) implements Start {
        @Override
        public Instant at(Instant now) {
            return instant;
        }
    }

    public Fixture {
        people = List.copyOf(people);
    }

    /** The group's id: the one that is given, or else one that is made of the fixture's name. */
    String group() {
        return groupId.orElseGet(() -> uuid(digest("fixture " + name), digest("group of " + name)));
    }

    /**
     * A message's id, the same whenever the same line of the same fixture is seeded. It is a UUID of version 8, whose
     * first six bytes stand for the fixture and the others for the line, so that what a seed made can be told from what
     * people wrote.
     */
    String idOf(int line) {
        return uuid(
                digest("fixture " + name),
                digest("line " + line + " of " + name + "\n" + lines.get(line).text()));
    }

    /** Whether a message's id is one that this fixture, in whatever version, gave. */
    boolean made(String id) {
        String prefix = uuid(digest("fixture " + name), new byte[32]).substring(0, 15);
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
