package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.postgres.DatabaseServer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        header = "Create the database named in the connection URL.",
        description = "An existing database is left unchanged.",
        footer = {
            "",
            "Examples:",
            "  dynacog db create",
            "  CONNECTION_URL=postgresql://postgres:password@localhost:5432/another dynacog db create"
        })
public final class DbCreateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    GuardOptions guard;

    public DbCreateCommand(Session session) {
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
            if (server.atStake().isPresent()) {
                return report(url, DbView.Action.EXISTS);
            }
            if (guard.dryRun) {
                return report(url, DbView.Action.WOULD_CREATE);
            }
            session.guard().confirm(subject, guard.confirmed, () -> plan(url));
            return report(url, server.create() ? DbView.Action.CREATED : DbView.Action.EXISTS);
        }
    }

    private static List<Text> plan(PostgresUrl url) {
        return List.of(Text.of("db create makes the database ")
                .plus(url.database(), Tone.KEY)
                .plus("."));
    }

    private int report(PostgresUrl url, DbView.Action action) {
        session.output().one(DbView.record(url, action), () -> DbView.page(session.environment(), url, action));
        return ExitCode.DONE;
    }
}
