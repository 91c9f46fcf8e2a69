package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.error.DynacogException;
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
        return session.write(guard, markRun.isEmpty() ? migrate(migrations) : mark(migrations));
    }

    private DbMigrationWrite mark(Migrations migrations) {
        return new DbMigrationWrite(
                session,
                DbMigrationWrite.Kind.MARK,
                () -> migrations.unmarked(markRun),
                listener -> migrations.markRun(markRun, listener));
    }

    private DbMigrationWrite migrate(Migrations migrations) {
        Order order = allowOutOfOrder ? Order.ANY : Order.STRICT;
        return new DbMigrationWrite(
                session,
                DbMigrationWrite.Kind.RUN,
                () -> migrations.pending(order),
                listener -> migrations.migrate(order, listener));
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
