package dev.dynacog.cli.command.db;

import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.postgres.Migrations;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Roll back the latest migration, or all after a given one.",
        footer = {
            "",
            "Examples:",
            "  dynacog db rollback",
            "  dynacog db rollback --to 2 --dry-run",
            "  dynacog db rollback --to 0        roll back every migration"
        })
public final class DbRollbackCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--to", paramLabel = "N", description = "Number of the last migration to keep; 0 rolls back all.")
    @Nullable
    Long to;

    @Mixin
    MigrationOptions options;

    @Mixin
    GuardOptions guard;

    public DbRollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Migrations migrations = new Migrations(session.database(), options.folder());
        OptionalLong newest = to == null ? OptionalLong.empty() : OptionalLong.of(to);
        return session.write(
                guard,
                new DbMigrationWrite(
                        session,
                        DbMigrationWrite.Kind.UNDO,
                        () -> migrations.undoable(newest),
                        listener -> migrations.rollback(newest, listener)));
    }
}
