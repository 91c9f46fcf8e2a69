package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
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
public final class DbCreateCommand implements Callable<Integer>, Write<DatabaseServer> {
    private final Session session;

    @Mixin
    GuardOptions guard;

    public DbCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.write(guard, this);
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.database(session.database().url()));
    }

    @Override
    public int plan(Planned<DatabaseServer> planned) {
        try (DatabaseServer server = new DatabaseServer(session.database())) {
            return server.atStake().isPresent() ? report(DbView.Action.EXISTS) : planned.go(server);
        }
    }

    @Override
    public List<Text> shown(DatabaseServer server) {
        return List.of(Text.of("db create makes the database ")
                .plus(session.database().url().database(), Tone.KEY)
                .plus("."));
    }

    @Override
    public int dryRun(DatabaseServer server) {
        return report(DbView.Action.WOULD_CREATE);
    }

    @Override
    public int apply(DatabaseServer server) {
        return report(server.create() ? DbView.Action.CREATED : DbView.Action.EXISTS);
    }

    private int report(DbView.Action action) {
        PostgresUrl url = session.database().url();
        session.output().one(DbView.record(url, action), () -> DbView.page(session.environment(), url, action));
        return ExitCode.DONE;
    }
}
