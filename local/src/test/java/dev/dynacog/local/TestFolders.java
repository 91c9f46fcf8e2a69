package dev.dynacog.local;

import java.nio.file.Path;

/** Folders with names that careless quoting breaks. */
final class TestFolders {
    private TestFolders() {}

    /** One for all tests: unpacking Postgres anew takes more than a second. */
    static Path cache() {
        return Path.of("target", "test's cache").toAbsolutePath();
    }

    static Path base(Path temporary) {
        return temporary.resolve("somebody's stack");
    }
}
