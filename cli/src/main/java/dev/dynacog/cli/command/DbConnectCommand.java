package dev.dynacog.cli.command;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.local.ChildCommand;
import dev.dynacog.cli.terminal.Interrupts;
import dev.dynacog.cli.view.EnvironmentLabel;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Open psql on the database.",
        description = {
            "psql gets the password by its environment, which others on this machine can't read, and none of the PG..."
                    + " variables that would lead it elsewhere. Its exit code is passed on."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db connect",
            "  dynacog db connect -- -c 'select handle from public.users'",
            "  dynacog --env prod db connect"
        })
public final class DbConnectCommand implements Callable<Integer> {
    /** What would have a word about where psql connects to, and as whom. */
    private static final List<String> MISLEADING = List.of(
            "PGHOST",
            "PGHOSTADDR",
            "PGPORT",
            "PGDATABASE",
            "PGUSER",
            "PGPASSWORD",
            "PGSERVICE",
            "PGSERVICEFILE",
            "PGTARGETSESSIONATTRS");

    private final Session session;

    @Parameters(paramLabel = "-- ARGS", description = "More arguments for psql.")
    List<String> more = List.of();

    public DbConnectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PostgresUrl url = session.database().url();
        List<String> command = new ArrayList<>(List.of(psql().toString(), "--dbname=" + url.psqlUrl()));
        command.addAll(more);
        if (session.environment().isGuarded()) {
            session.console().tell(EnvironmentLabel.of(session.environment()).plus("  " + url.masked()));
        }
        session.console().out().flush();
        Map<String, String> password = new TreeMap<>();
        url.password().ifPresent(secret -> password.put("PGPASSWORD", secret));
        Interrupts ctrlC = Interrupts.leftToTheOther();
        try {
            return new ChildCommand(command, ownVariables(), password).run();
        } finally {
            ctrlC.close();
        }
    }

    private Map<String, String> ownVariables() {
        Map<String, String> variables = new TreeMap<>(session.variables());
        MISLEADING.forEach(variables::remove);
        return variables;
    }

    private Path psql() {
        String path = session.variables().getOrDefault("PATH", "");
        boolean windows = File.separatorChar == '\\';
        for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(folder, windows ? "psql.exe" : "psql");
            // An empty entry would mean the working folder, where anybody may have put anything.
            if (!folder.isEmpty() && Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new DynacogException.NotFound(
                "there is no psql on the PATH",
                "install PostgreSQL's client (Debian: postgresql-client, macOS: libpq, dnf: postgresql)");
    }
}
