package dev.dynacog.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The folder of one Postgres: a lock, and the cluster when it has been made.
 *
 * @param scratch whether it goes when its Postgres does
 */
record PostgresFolder(Path path, FolderLock lock, boolean scratch) {
    /** Below the cache folder, for what isn't kept. */
    static final String SCRATCH = "scratch";

    private static final String LOCK = "lock";
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

    static PostgresFolder open(PostgresOptions options, Path cache) {
        return options.dataFolder()
                .map(folder -> kept(Folders.ensure(folder, "Postgres data")))
                .orElseGet(() -> scratch(Folders.ensure(cache.resolve(SCRATCH), "cache"), options));
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    private static PostgresFolder kept(Path folder) {
        try {
            FolderLock lock = FolderLock.tryTake(folder.resolve(LOCK))
                    .orElseThrow(() -> StackException.failed(
                            "another Postgres of dynacog's uses the data folder " + folder,
                            "stop it, or choose another data folder"));
            return new PostgresFolder(folder, lock, false);
        } catch (IOException problem) {
            throw Folders.unusable(folder, "Postgres data", problem);
        }
    }

    private static PostgresFolder scratch(Path parent, PostgresOptions options) {
        // Whoever sweeps must not find a folder between its making and its locking.
        try {
            FolderLock sweeping = FolderLock.take(parent.resolve(LOCK), LONGEST_SWEEP);
            try {
                sweep(parent, options);
                Path folder = Files.createTempDirectory(parent, "postgres-");
                FolderLock lock = FolderLock.tryTake(folder.resolve(LOCK)).orElseThrow();
                return new PostgresFolder(folder, lock, true);
            } finally {
                sweeping.close();
            }
        } catch (IOException problem) {
            throw Folders.unusable(parent, "cache", problem);
        }
    }

    /** Ends what a stack left behind that was killed together with its watchdog. */
    private static void sweep(Path parent, PostgresOptions options) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "postgres-*")) {
            for (Path folder : folders) {
                Optional<FolderLock> abandoned =
                        Files.isDirectory(folder) ? FolderLock.tryTake(folder.resolve(LOCK)) : Optional.empty();
                if (abandoned.isPresent()) {
                    Watchdog.overScratch(folder.resolve("cluster"), folder, options.log())
                            .close();
                    abandoned.get().close();
                }
            }
        }
    }
}
