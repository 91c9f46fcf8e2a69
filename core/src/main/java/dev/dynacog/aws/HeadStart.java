package dev.dynacog.aws;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;

/** What takes long and depends on nothing, done on another core while a client is built. */
final class HeadStart {
    private HeadStart() {}

    /** Java's ciphers take 10 ms to come up, and every request is signed with two of them. */
    static void ofSigning() {
        of("signing", () -> {
            try {
                Mac.getInstance("HmacSHA256");
                MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                // The signer will say so.
            }
        });
    }

    static void of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
