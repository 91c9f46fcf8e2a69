package dev.dynacog.cli.command.db;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write.Subject;
import dev.dynacog.cli.WriteOffer;
import dev.dynacog.cli.command.local.ChildCommand;
import dev.dynacog.cli.terminal.Interrupts;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Open psql on the database.",
        description = {
            "psql connects to the same hosts as dynacog, and receives the password through its"
                    + " environment, where other users cannot read it. Its exit code is passed on.",
            "",
            "With -c, -f or SQL on standard input, psql stops at the first error with exit code 3"
                    + " (ON_ERROR_STOP). Pass -- -v ON_ERROR_STOP=0 to continue after errors.",
            "",
            "In a guarded environment every transaction is read-only until you type or pass the name"
                    + " of the database; -c and -f require it. This prevents accidents, not a deliberate 'set"
                    + " transaction read write': only a role without write privileges does."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db connect",
            "  dynacog db connect -- -c 'select handle from public.users'",
            "  dynacog --env prod db connect",
            "  dynacog --env prod db connect --confirm cruddur -- -f fix.sql"
        })
public final class DbConnectCommand implements Callable<Integer> {
    /** Those of psql's variables that don't say where it connects, or how. */
    private static final Set<String> HARMLESS =
            Set.of("PGAPPNAME", "PGCLIENTENCODING", "PGDATESTYLE", "PGGEQO", "PGLOCALEDIR", "PGTZ");

    /** Nothing can ever be there, and psql doesn't complain of it. */
    private static final String NO_FILE = "/dev/null/none";

    private static final String READ_ONLY = "-c default_transaction_read_only=on";

    private final Session session;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Allow writes to a guarded environment by giving the database name.")
    List<String> confirmed = List.of();

    @Parameters(paramLabel = "-- ARGS", description = "Additional arguments for psql.")
    List<String> more = List.of();

    public DbConnectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PsqlArguments arguments = PsqlArguments.of(more);
        PostgresUrl url = session.database().url();
        if (!session.environment().isGuarded()) {
            // It writes then; a guarded one may still be read where it isn't what it is pinned to.
            offer(url).requireConfirmable();
        }
        Path psql = psql();
        Map<String, String> given = new TreeMap<>();
        url.password().ifPresent(secret -> given.put("PGPASSWORD", secret));
        // Without a variable psql looks into ~/.pgpass by itself, also for an address that must be lent nothing.
        given.put("PGPASSFILE", url.passwordFile().map(Path::toString).orElse(NO_FILE));
        boolean mayWrite = mayWrite(url, arguments);
        Stream<String> readOnly = mayWrite ? Stream.empty() : Stream.of(READ_ONLY);
        String options = Stream.concat(url.sessionOptions().stream(), readOnly).collect(Collectors.joining(" "));
        if (!options.isEmpty()) {
            given.put("PGOPTIONS", options);
        }
        session.console().out().flush();
        List<String> command = new ArrayList<>(List.of(psql.toString(), "--dbname=" + url.psqlUrl()));
        if (!mayWrite) {
            // What a psqlrc sets would undo it before anybody has typed a word.
            command.add("--no-psqlrc");
        }
        if (arguments.scripted() || !session.terminal().ttys().in()) {
            // With nobody to read the error, it has to show in the exit code. Arguments may say otherwise.
            command.add("--set=ON_ERROR_STOP=1");
        }
        command.addAll(arguments.all());
        Interrupts ctrlC = Interrupts.leftToTheOther();
        try {
            return new ChildCommand(command, ownVariables()).run(given);
        } finally {
            ctrlC.close();
        }
    }

    private boolean mayWrite(PostgresUrl url, PsqlArguments arguments) {
        if (!session.environment().isGuarded()) {
            return true;
        }
        if (arguments.scripted()) {
            if (confirmed.isEmpty() && !session.console().canAsk()) {
                throw new DynacogException.Guarded(
                        "environment " + session.environment().name().value() + " is guarded, and -c and -f may write",
                        "pass --confirm " + url.database() + " to run it; without -c and -f the session is read-only");
            }
            offer(url).confirm(Text.of("psql runs the statements of -c and -f, which may write."));
            return true;
        }
        boolean mayWrite = offer(url).isTaken();
        if (!mayWrite) {
            session.console().note("read-only; pass --confirm " + url.database() + " to allow writes");
        }
        return mayWrite;
    }

    private WriteOffer offer(PostgresUrl url) {
        return session.offer(Subject.database(url), confirmed);
    }

    private Map<String, String> ownVariables() {
        Map<String, String> variables = new TreeMap<>(session.variables());
        variables.keySet().removeIf(name -> name.startsWith("PG") && !HARMLESS.contains(name));
        // psql, with a password, starts pagers and editors: not from the working folder.
        variables.remove("DYNACOG_PATH");
        return variables;
    }

    private Path psql() {
        String path = session.variables().getOrDefault("PATH", "");
        boolean windows = File.separatorChar == '\\';
        for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(folder, windows ? "psql.exe" : "psql");
            // A relative or empty entry would mean the working folder, where anybody may have put anything.
            if (Path.of(folder).isAbsolute() && Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new DynacogException.NotFound(
                "psql not found on the PATH",
                "install the PostgreSQL client (Debian: postgresql-client, macOS: libpq, dnf: postgresql)");
    }
}
