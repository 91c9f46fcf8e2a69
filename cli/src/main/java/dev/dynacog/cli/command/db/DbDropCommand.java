package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.DatabaseServer;
import dev.dynacog.postgres.DatabaseServer.AtStake;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Drop the database named in the connection URL.",
        description = "If sessions are open, lists them and drops nothing; use --force to end them.",
        footer = {
            "",
            "Examples:",
            "  dynacog db drop",
            "  dynacog db drop --force --if-exists",
            "  dynacog --env prod db drop --dry-run"
        })
public final class DbDropCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--force", description = "End open sessions first.")
    boolean force;

    @Option(names = "--if-exists", description = "Succeed if the database does not exist.")
    boolean ifExists;

    @Mixin
    GuardOptions guard;

    public DbDropCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PostgresUrl url = session.database().url();
        Guard.Subject subject = Guard.Subject.database(url);
        if (!guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        try (DatabaseServer server = new DatabaseServer(session.database())) {
            Optional<AtStake> stake = server.atStake();
            if (stake.isEmpty()) {
                return absent(url);
            }
            if (guard.dryRun) {
                DbView.dropPlan("db drop", stake.get()).forEach(session.console()::tell);
                return report(url, DbView.Action.WOULD_DROP);
            }
            BlockedDrop held = new BlockedDrop(session, url);
            if (!force) {
                held.refuse(stake.get().sessions());
            }
            session.guard().confirm(subject, guard.confirmed, () -> DbView.dropPlan("db drop", stake.get()));
            DatabaseServer.Drop drop = server.drop(force);
            if (drop instanceof DatabaseServer.Drop.Held still) {
                held.refuse(still.sessions());
            }
            return drop instanceof DatabaseServer.Drop.Absent ? absent(url) : report(url, DbView.Action.DROPPED);
        }
    }

    private int absent(PostgresUrl url) {
        if (!ifExists) {
            throw new DynacogException.NotFound(
                    "there is no database " + url.database() + " on " + url.hostList(),
                    "use --if-exists to ignore this");
        }
        return report(url, DbView.Action.ABSENT);
    }

    private int report(PostgresUrl url, DbView.Action action) {
        session.output().one(DbView.record(url, action), () -> DbView.page(session.environment(), url, action));
        return ExitCode.DONE;
    }
}
