package dev.dynacog.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page begins. It holds for an hour, and for a request that asks for the same.
 *
 * @param after the user name that the page before ended with
 */
record CognitoPageToken(String after, Instant made) {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 3;

    /** The text for a client, bound to what was asked for. */
    String text(List<String> asked) {
        String content = digest(asked) + SEPARATOR + made.toEpochMilli() + SEPARATOR + after;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    static CognitoPageToken parse(String text, List<String> asked, Instant now) {
        try {
            String content = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = content.split(SEPARATOR, PARTS);
            if (parts.length == PARTS && parts[0].equals(digest(asked))) {
                CognitoPageToken token = new CognitoPageToken(parts[2], Instant.ofEpochMilli(Long.parseLong(parts[1])));
                if (now.isBefore(token.made().plus(LIFE))) {
                    return token;
                }
            }
        } catch (IllegalArgumentException notOurs) {
            // As wrong as one for another request.
        }
        throw CognitoFault.invalid("Invalid pagination token.");
    }

    private static String digest(List<String> asked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : asked) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
