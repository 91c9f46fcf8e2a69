package dev.dynacog.cli;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.Throttling;
import dev.dynacog.cli.render.Format;
import dev.dynacog.cli.render.Output;
import dev.dynacog.cli.render.Query;
import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.Settings;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.config.Sourced;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.table.Tables;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.Database;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the commands of one run share. Each part is made when it is first asked for, and closed at the end. */
public final class Session implements AutoCloseable {
    private final Terminal terminal;
    private final Map<String, String> variables;
    private final GlobalOptions options;

    private final Supplier<Console> console = once(this::makeConsole);
    private final Supplier<Output> output = once(this::makeOutput);
    private final Supplier<Settings> settings =
            once(() -> loader().load(options().flags()));
    private final Supplier<PinCheck> pins = once(() -> new PinCheck(environment(), this::uncheckedClients));
    private final Supplier<Preferences> preferences;
    private final Supplier<ZoneId> zone = once(() -> preferences().zone().value());
    private final Supplier<Times> times = once(() -> new Times(zone(), Instant.now()));
    private boolean toldDifferences;
    private @Nullable AwsClients clients;
    private @Nullable Database database;

    Session(Terminal terminal, Map<String, String> variables, GlobalOptions options) {
        this.terminal = terminal;
        this.variables = variables;
        this.options = options;
        this.preferences = once(() -> new Preferences(options, variables, loader()));
    }

    public Map<String, String> variables() {
        return variables;
    }

    public Terminal terminal() {
        return terminal;
    }

    GlobalOptions options() {
        return options;
    }

    /** For the commands that are shown. */
    public Hints hints() {
        return new Hints(
                options,
                variables,
                new Commands(this).names(),
                () -> environment().aws().profile().map(Sourced::value));
    }

    public Console console() {
        return console.get();
    }

    private Console makeConsole() {
        return new Console(terminal, color(), variables);
    }

    /** A preference that can't be read is refused before the command; what tells it needs a console. */
    ColorMode color() {
        try {
            return preferences.get().color().value();
        } catch (DynacogException e) {
            return ColorMode.AUTO;
        }
    }

    /** How things look to this user. */
    public Preferences preferences() {
        return preferences.get();
    }

    public Output output() {
        return output.get();
    }

    /** Refuses what was asked of the output and can't be, before the command does anything. */
    void requireOutput() {
        preferences.get().color();
        if (options.query != null || options.csvSafe) {
            output();
        } else {
            preferences.get().format();
        }
        preferences.get().zoneAsked();
    }

    private Output makeOutput() {
        Optional<Format> asked = preferences.get().format().map(Sourced::value);
        if (options.csvSafe && !asked.equals(Optional.of(Format.CSV))) {
            throw new DynacogException.Usage("--csv-safe requires -o csv", "add -o csv or remove --csv-safe");
        }
        Format byReader = terminal.ttys().out() ? Format.TABLE : Format.JSONL;
        return new Output(
                console(),
                asked.orElse(byReader),
                Optional.ofNullable(options.query).map(Query::compile),
                options.csvSafe);
    }

    /** The folder of the distribution, which the launcher knows. */
    public Path home() {
        String home = System.getProperty("dynacog.home", "");
        if (home.isEmpty()) {
            throw new DynacogException.Failed("cannot find the dynacog installation", "start it through bin/dynacog");
        }
        return Path.of(home);
    }

    /** A session of its own for environment local, with these variables instead of the shell's. */
    public Session withVariables(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.remove("AWS_ENDPOINT_URL");
        all.remove("DYNACOG_ENV");
        all.putAll(changed);
        return new Session(terminal, all, new GlobalOptions());
    }

    /** A session of its own for the environment that these flags name, which says nothing and asks nobody. */
    public Session quietly(Flags flags) {
        Terminal silent = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Terminal.Ttys.NONE,
                OptionalInt.empty());
        return new Session(silent, variables, GlobalOptions.of(flags));
    }

    public SettingsLoader loader() {
        return new SettingsLoader(variables, workingFolder(), folders());
    }

    public Folders folders() {
        return Folders.of(variables, userHome());
    }

    /** The user's home as the shell has it, which is where other tools look. */
    private Path userHome() {
        Path home = Path.of(variables.getOrDefault("HOME", ""));
        if (!home.isAbsolute()) {
            // Which is a question mark for a user whom the system doesn't know.
            home = Path.of(System.getProperty("user.home"));
        }
        return home.isAbsolute() ? home : Path.of("/");
    }

    public Path workingFolder() {
        return Path.of("").toAbsolutePath();
    }

    public Settings settings() {
        return settings.get();
    }

    public Environment environment() {
        return settings().environment();
    }

    public Times times() {
        return times.get();
    }

    /** The zone that times are shown in. */
    public ZoneId zone() {
        return zone.get();
    }

    public AwsClients clients() {
        tellDifferences();
        return uncheckedClients();
    }

    private synchronized AwsClients uncheckedClients() {
        if (clients == null) {
            clients = new AwsClients(
                    environment(), Throttling.toldTo(line -> console().note(line)));
        }
        return clients;
    }

    public Tables tables() {
        return new Tables(clients());
    }

    /** The items of the message table. */
    public Items messageItems() {
        return new Items(clients(), environment().messageTable().value());
    }

    public synchronized Database database() {
        tellDifferences();
        if (database == null) {
            database = Database.of(environment(), Database.Connecting.asSet(console()::note));
        }
        return database;
    }

    /**
     * Refuses a write, or plans it and shows it, or has it confirmed and applies it: nothing else leads past the guard.
     *
     * @return the exit code
     */
    public <P> int write(GuardOptions given, Write<P> write) {
        return new Writing(guard()).run(given, write);
    }

    /** For what is of use without writing too. */
    public WriteOffer offer(Write.Subject subject, List<String> confirmed) {
        return new WriteOffer(guard(), subject, confirmed);
    }

    private Guard guard() {
        return new Guard(console(), environment(), this::clients, pins.get());
    }

    /** Says before the first call where the environment isn't what its file pins it to; writes are refused by the guard. */
    public synchronized void tellDifferences() {
        if (toldDifferences) {
            return;
        }
        toldDifferences = true;
        List<String> differences = pins.get().differences();
        if (!differences.isEmpty()) {
            console()
                    .tell(Text.of(
                            "environment " + environment().name().value() + " is pinned: "
                                    + String.join("; ", differences),
                            Tone.ATTENTION));
        }
    }

    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private @Nullable T made;

            @Override
            public synchronized T get() {
                T value = made;
                if (value == null) {
                    value = maker.get();
                    made = value;
                }
                return value;
            }
        };
    }

    @Override
    public synchronized void close() {
        if (clients != null) {
            clients.close();
        }
        if (database != null) {
            database.close();
        }
        console().out().flush();
    }
}
