package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.view.DbMigrationView;
import dev.dynacog.cli.view.DbMigrationView.Action;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations;
import dev.dynacog.postgres.Migrations.Standing;
import dev.dynacog.postgres.Migrations.Status;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Run the migrations that were not run yet, or show how they stand.",
        description = {
            "A migration is a file NNNN_name.sql with the lines '-- up' and '-- down'. They are run by number, each in a"
                    + " transaction; two runs at once come one after the other.",
            "Exit code 6 tells that a file was changed after it had been run; with --status also that one is pending."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db migrate --status",
            "  dynacog db migrate --dir db/migrations",
            "  dynacog --env prod db migrate --dry-run"
        })
public final class DbMigrateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--status", description = "Show which were run, and run none.")
    boolean status;

    @Mixin
    MigrationOptions options;

    @Mixin
    GuardOptions guard;

    public DbMigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Migrations migrations = new Migrations(session.database(), options.folder());
        if (status) {
            return show(migrations.status());
        }
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        DbMigrationRun run = new DbMigrationRun(session);
        List<Migration> pending = migrations.pending();
        if (pending.isEmpty()) {
            run.plan(Action.WOULD_RUN, pending);
            run.note("nothing to run");
        } else if (guard.dryRun) {
            run.plan(Action.WOULD_RUN, pending);
            run.note("nothing was run (--dry-run)");
        } else {
            String database = session.database().url().database();
            session.guard()
                    .confirm(
                            subject,
                            guard.confirmed,
                            () -> List.of(DbMigrationView.plan("db migrate", "runs", pending, database)));
            run.run(Action.RUN, migrations::migrate);
        }
        return ExitCode.DONE;
    }

    private int show(List<Status> found) {
        session.output()
                .all(
                        DbMigrationView.status(session.times()),
                        found.stream().map(DbMigrationView::record).toList());
        boolean settled = found.stream()
                .allMatch(one -> one.standing() == Standing.RUN || one.standing() == Standing.WITHOUT_FILE);
        return settled ? ExitCode.DONE : ExitCode.DIFFERENCES;
    }
}
