package dev.dynacog.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/**
 * What a stack tells the tool. It appears whole or not at all, for its owner's eyes only, and belongs to the holder
 * of the state folder's lock.
 */
record StateFile(Path folder) {
    private static final String NAME = "stack.properties";
    private static final String UNFINISHED = ".stack-";

    void write(Map<String, String> facts) throws IOException {
        Properties properties = new Properties();
        properties.putAll(facts);
        // Made for the owner only, as temporary files are.
        Path unfinished = Files.createTempFile(folder, UNFINISHED, ".tmp");
        try {
            try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
            Files.move(unfinished, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Also forgets what an earlier stack, killed while it wrote, left half done. */
    void delete() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNFINISHED + "*.tmp")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }
}
