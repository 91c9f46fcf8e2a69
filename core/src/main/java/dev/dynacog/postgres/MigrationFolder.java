package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The migrations of a folder in the order of their numbers, all read before one is run.
 *
 * @param name what the folder is called in messages
 */
public record MigrationFolder(String name, List<Migration> migrations) {
    private static final String SHIPPED = "/seed-data/migrations/";
    private static final String SHIPPED_NAME = "dynacog's own migrations";
    private static final String SHIPPED_ANCHOR = "0001_unique_users.sql";

    public MigrationFolder {
        migrations = List.copyOf(migrations);
    }

    public static MigrationFolder read(Path folder) {
        try {
            return read(
                    folder.toString(),
                    folder,
                    folder.toString() + folder.getFileSystem().getSeparator());
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new DynacogException.NotFound("there is no folder " + folder, "");
        } catch (IOException e) {
            throw new DynacogException.Failed(folder + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    /** Those that come with dynacog, which lead a database with the old schema to today's. */
    public static MigrationFolder shipped() {
        String anchor = SHIPPED + SHIPPED_ANCHOR;
        URL url = Objects.requireNonNull(MigrationFolder.class.getResource(anchor), anchor);
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(SHIPPED_NAME, Path.of(uri).resolveSibling(""), "");
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(SHIPPED_NAME, jar.getPath(SHIPPED), "");
            }
        } catch (IOException | URISyntaxException e) {
            throw new DynacogException.Failed(SHIPPED_NAME + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    private static MigrationFolder read(String name, Path folder, String prefix) throws IOException {
        List<Migration> migrations = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String fileName = String.valueOf(file.getFileName());
                if (fileName.endsWith(".sql") && Files.isRegularFile(file)) {
                    migrations.add(Migration.parse(fileName, prefix + fileName, SqlScript.readText(file)));
                }
            }
        }
        // Folders list their files in any order.
        migrations.sort(Comparator.comparingLong(Migration::number));
        for (int i = 1; i < migrations.size(); i++) {
            Migration one = migrations.get(i - 1);
            Migration other = migrations.get(i);
            if (one.number() == other.number()) {
                throw new DynacogException.Usage(
                        one.file() + " and " + other.file() + " have the same number", "renumber one of them");
            }
        }
        return new MigrationFolder(name, migrations);
    }

    Optional<Migration> find(long number) {
        return migrations.stream()
                .filter(migration -> migration.number() == number)
                .findAny();
    }

    /** Those up to a number. */
    List<Migration> upTo(long number) {
        return migrations.stream()
                .filter(migration -> migration.number() <= number)
                .toList();
    }
}
