package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.cli.command.db.DbMigrationView.Action;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations;
import dev.dynacog.postgres.Migrations.Order;
import dev.dynacog.postgres.Migrations.Standing;
import dev.dynacog.postgres.Migrations.Status;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Run pending migrations, or show their status.",
        description = {
            "A migration is a file NNNN_name.sql with the lines '-- up' and '-- down'. Migrations run"
                    + " in order of number, each in its own transaction; concurrent runs wait for each other. A"
                    + " file that starts with '-- no transaction' runs outside a transaction, as CREATE INDEX"
                    + " CONCURRENTLY requires.",
            "Exit code 6 means that a file has changed since it was run, or has a lower number than"
                    + " one already run; with --status, also that a migration is pending."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db migrate --status",
            "  dynacog db migrate --dir db/migrations",
            "  dynacog db migrate --mark-run 42",
            "  dynacog --env prod db migrate --dry-run"
        })
public final class DbMigrateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--status", description = "Show the status of each migration without running any.")
    boolean status;

    @Option(names = "--allow-out-of-order", description = "Also run migrations numbered below one already run.")
    boolean allowOutOfOrder;

    @Option(
            names = "--mark-run",
            paramLabel = "N",
            description = "Record this migration as run without running it. Repeatable.")
    List<Long> markRun = List.of();

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
        if (!markRun.isEmpty() && (status || allowOutOfOrder)) {
            throw new DynacogException.Usage(
                    "--mark-run cannot be combined with --status or --allow-out-of-order",
                    "remove --status and --allow-out-of-order");
        }
        if (status) {
            return show(migrations.status());
        }
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        return markRun.isEmpty() ? migrate(migrations, subject) : mark(migrations, subject);
    }

    private int mark(Migrations migrations, Guard.Subject subject) {
        DbMigrationRun run = new DbMigrationRun(session);
        List<Migration> unmarked = migrations.unmarked(markRun);
        if (unmarked.isEmpty()) {
            run.plan(Action.WOULD_MARK, unmarked);
            run.note("already recorded as run");
        } else if (guard.dryRun) {
            run.plan(Action.WOULD_MARK, unmarked);
            run.note("nothing was recorded (--dry-run)");
        } else {
            String database = session.database().url().database();
            session.guard()
                    .confirm(
                            subject,
                            guard.confirmed,
                            () -> List.of(DbMigrationView.plan(
                                    "db migrate --mark-run", "runs nothing, and notes as run", unmarked, database)));
            run.run(Action.MARKED, listener -> migrations.markRun(markRun, listener));
        }
        return ExitCode.DONE;
    }

    private int migrate(Migrations migrations, Guard.Subject subject) {
        Order order = allowOutOfOrder ? Order.ANY : Order.STRICT;
        DbMigrationRun run = new DbMigrationRun(session);
        List<Migration> pending = migrations.pending(order);
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
            run.run(Action.RUN, listener -> migrations.migrate(order, listener));
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
