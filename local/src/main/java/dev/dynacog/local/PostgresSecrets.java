package dev.dynacog.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The passwords of a cluster, in files of its own folder that are its owner's alone, so that they go where it goes.
 *
 * @param superuser made once, at random
 * @param app what users gave, or the one that everybody knows
 */
record PostgresSecrets(String superuser, String app) {
    private static final String SUPERUSER = "dynacog-superuser";
    private static final String APP = "dynacog-app";
    private static final String RANDOM = "random";
    private static final int BYTES = 24;

    /**
     * The secrets of a cluster that is there; those that are missing are made.
     *
     * @param asked the password that the app's role is to have from now on; {@code random} for one that nobody knows
     */
    static PostgresSecrets of(Path cluster, Optional<String> asked) throws IOException {
        Path superuser = cluster.resolve(SUPERUSER);
        if (!Files.exists(superuser)) {
            Folders.replace(superuser, random());
        }
        Path app = cluster.resolve(APP);
        if (asked.isPresent()) {
            Folders.replace(app, asked.get().equals(RANDOM) ? random() : asked.get());
        }
        return new PostgresSecrets(
                Files.readString(superuser), Files.exists(app) ? Files.readString(app) : PostgresRoles.USUAL_PASSWORD);
    }

    /** Puts the superuser's password where {@link #of} will look for it. */
    static void keepSuperuser(Path cluster, String password) throws IOException {
        Folders.replace(cluster.resolve(SUPERUSER), password);
    }

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "secrets";
    }
}
