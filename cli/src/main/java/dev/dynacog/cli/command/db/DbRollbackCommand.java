package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.cli.command.db.DbMigrationView.Action;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations;
import java.util.List;
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
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        OptionalLong newest = to == null ? OptionalLong.empty() : OptionalLong.of(to);
        DbMigrationRun run = new DbMigrationRun(session);
        List<Migration> undo = migrations.undoable(newest);
        if (undo.isEmpty()) {
            run.plan(Action.WOULD_UNDO, undo);
            run.note("nothing to roll back");
        } else if (guard.dryRun) {
            run.plan(Action.WOULD_UNDO, undo);
            run.note("nothing was rolled back (--dry-run)");
        } else {
            String database = session.database().url().database();
            session.guard()
                    .confirm(
                            subject,
                            guard.confirmed,
                            () -> List.of(DbMigrationView.plan("db rollback", "undoes", undo, database)));
            run.run(Action.UNDONE, listener -> migrations.rollback(newest, listener));
        }
        return ExitCode.DONE;
    }
}
