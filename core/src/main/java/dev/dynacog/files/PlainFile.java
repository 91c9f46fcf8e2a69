package dev.dynacog.files;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody names to be read: a pipe would be waited for, and a device never ends. */
public final class PlainFile {
    private PlainFile() {}

    /** Fails for what is there and no plain file; what is missing is for whoever opens it. */
    public static void require(Path file) {
        if (Files.isDirectory(file)) {
            throw new DynacogException.Usage(file + " is a folder", "pass a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DynacogException.Usage(file + " is not a plain file", "pass a file, not a pipe or a device");
        }
    }

    public static InputStream open(Path file) throws IOException {
        require(file);
        return Files.newInputStream(file);
    }

    /**
     * The whole file.
     *
     * @param most how many bytes it may have
     * @param hint what to do with a larger one
     */
    public static byte[] bytes(Path file, int most, String hint) throws IOException {
        try (InputStream in = open(file)) {
            // What it says of its size may be out of date.
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new DynacogException.Usage(
                        file + " is larger than " + (most >= 1 << 20 ? (most >> 20) + " MiB" : (most >> 10) + " KiB"),
                        hint);
            }
            return bytes;
        }
    }
}
