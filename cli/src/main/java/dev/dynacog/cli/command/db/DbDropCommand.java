package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.DatabaseServer;
import dev.dynacog.postgres.DatabaseServer.AtStake;
import java.util.List;
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
public final class DbDropCommand implements Callable<Integer>, Write<DbDropCommand.Found> {
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
        return session.write(guard, this);
    }

    /** What would be dropped, and where. */
    record Found(DatabaseServer server, AtStake stake) {}

    private PostgresUrl url() {
        return session.database().url();
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.database(url()));
    }

    @Override
    public int plan(Planned<Found> planned) {
        try (DatabaseServer server = new DatabaseServer(session.database())) {
            Optional<AtStake> stake = server.atStake();
            if (stake.isEmpty()) {
                return absent();
            }
            if (!guard.dryRun && !force) {
                new BlockedDrop(session, url()).refuse(stake.get().sessions());
            }
            return planned.go(new Found(server, stake.get()));
        }
    }

    @Override
    public List<Text> shown(Found found) {
        return DbView.dropPlan("db drop", found.stake());
    }

    @Override
    public int dryRun(Found found) {
        shown(found).forEach(session.console()::tell);
        return report(DbView.Action.WOULD_DROP);
    }

    @Override
    public int apply(Found found) {
        DatabaseServer.Drop drop = found.server().drop(force);
        if (drop instanceof DatabaseServer.Drop.Held still) {
            new BlockedDrop(session, url()).refuse(still.sessions());
        }
        return drop instanceof DatabaseServer.Drop.Absent ? absent() : report(DbView.Action.DROPPED);
    }

    private int absent() {
        if (!ifExists) {
            throw new DynacogException.NotFound(
                    "there is no database " + url().database() + " on " + url().hostList(),
                    "use --if-exists to ignore this");
        }
        return report(DbView.Action.ABSENT);
    }

    private int report(DbView.Action action) {
        PostgresUrl url = url();
        session.output().one(DbView.record(url, action), () -> DbView.page(session.environment(), url, action));
        return ExitCode.DONE;
    }
}
