package dev.dynacog.cli.command.db;

import dev.dynacog.postgres.MigrationFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which migrations are meant. */
final class MigrationOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Migrations folder. Default: the migrations shipped with dynacog.")
    @Nullable
    Path folder;

    MigrationFolder folder() {
        return folder == null ? MigrationFolder.shipped() : MigrationFolder.read(folder);
    }
}
