package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.postgres.DatabaseServer;
import dev.dynacog.postgres.DatabaseSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "List the sessions on the database, or end them.",
        footer = {
            "",
            "Examples:",
            "  dynacog db sessions",
            "  dynacog db sessions -o json --query \"{pid: pid, query: query}\"",
            "  dynacog db sessions --kill 4711"
        })
public final class DbSessionsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--kill", paramLabel = "PID", description = "End the session with this process ID. Repeatable.")
    List<Integer> kill = List.of();

    @Mixin
    GuardOptions guard;

    public DbSessionsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return kill.isEmpty() ? list() : session.write(guard, new Kill());
    }

    private int list() {
        try (DatabaseServer server = new DatabaseServer(session.database())) {
            List<DatabaseSession> all = server.sessions();
            show(all);
            note(all.size(), "");
            return ExitCode.DONE;
        }
    }

    /** Who would be ended, and where. */
    private record Found(DatabaseServer server, List<DatabaseSession> sessions) {}

    private final class Kill implements Write<Found> {
        @Override
        public List<Subject> subjects() {
            return List.of(Subject.database(session.database().url()));
        }

        @Override
        public int plan(Planned<Found> planned) {
            try (DatabaseServer server = new DatabaseServer(session.database())) {
                return planned.go(new Found(server, server.find(kill)));
            }
        }

        @Override
        public List<Text> shown(Found found) {
            List<Text> lines = new ArrayList<>(List.of(Text.of("db sessions --kill ends:")));
            lines.addAll(DbSessionView.lines(found.sessions()));
            return lines;
        }

        @Override
        public int dryRun(Found found) {
            show(found.sessions());
            note(found.sessions().size(), " would be ended (--dry-run)");
            return ExitCode.DONE;
        }

        @Override
        public int apply(Found found) {
            List<DatabaseSession> ended = found.server().end(kill);
            show(ended);
            note(ended.size(), " ended");
            return ExitCode.DONE;
        }
    }

    private void show(List<DatabaseSession> sessions) {
        session.output()
                .all(
                        DbSessionView.list(session.times()),
                        sessions.stream().map(DbSessionView::record).toList());
    }

    private void note(int count, String what) {
        if (session.output().isForPeople()) {
            session.console()
                    .note(Quantities.of(count, "session", "sessions") + what + " · "
                            + PlaceLabel.postgres(session.environment()));
        }
    }
}
