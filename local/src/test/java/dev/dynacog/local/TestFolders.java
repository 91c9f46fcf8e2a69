package dev.dynacog.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders with names that careless quoting breaks. */
final class TestFolders {
    private TestFolders() {}

    /** One for all tests: unpacking Postgres anew takes more than a second. */
    static Path cache() {
        return Path.of("target", "test's cache").toAbsolutePath();
    }

    static Path base(Path temporary) {
        try {
            Files.createDirectories(temporary);
            // Started by root, Postgres is nobody, who has to come by here.
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
            return Files.createDirectories(
                    temporary.resolve("somebody's stack"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
