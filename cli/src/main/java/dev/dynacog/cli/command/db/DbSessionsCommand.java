package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
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
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!kill.isEmpty() && !guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        try (DatabaseServer server = new DatabaseServer(session.database())) {
            if (kill.isEmpty()) {
                List<DatabaseSession> all = server.sessions();
                show(all);
                note(all.size(), "");
                return ExitCode.DONE;
            }
            List<DatabaseSession> found = server.find(kill);
            if (guard.dryRun) {
                show(found);
                note(found.size(), " would be ended (--dry-run)");
                return ExitCode.DONE;
            }
            session.guard().confirm(subject, guard.confirmed, () -> plan(found));
            List<DatabaseSession> ended = server.end(kill);
            show(ended);
            note(ended.size(), " ended");
            return ExitCode.DONE;
        }
    }

    private static List<Text> plan(List<DatabaseSession> sessions) {
        List<Text> lines = new ArrayList<>(List.of(Text.of("db sessions --kill ends:")));
        lines.addAll(DbSessionView.lines(sessions));
        return lines;
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
