package dev.dynacog.local;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a Postgres is started.
 *
 * @param port 0 for any free one
 * @param dataFolder where its data is kept; without one it lives in the cache folder until it is closed
 * @param cacheFolder where its programs are unpacked, once for each version
 * @param password what the role of the apps is to have from now on; {@code random} for a new one
 * @param log where it, and the programs around it, write their messages
 */
public record PostgresOptions(
        int port, Optional<Path> dataFolder, Path cacheFolder, Redirect log, Optional<String> password) {
    /** With the password that its data has already, or else the usual one. */
    public PostgresOptions(int port, Optional<Path> dataFolder, Path cacheFolder, Redirect log) {
        this(port, dataFolder, cacheFolder, log, Optional.empty());
    }
}
