package dev.dynacog.cli;

import dev.dynacog.cli.render.ExportFormat;
import dev.dynacog.cli.render.Format;
import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.LineOutput;
import dev.dynacog.cli.terminal.LoudOutput;
import dev.dynacog.cli.terminal.Palette;
import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.error.DynacogException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The program. */
public final class Dynacog {
    private Dynacog() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(Dynacog::endWith);
        System.exit(run(Terminal.ofProcess(System.getProperties()), System.getenv(), args));
    }

    /** A thread that dies would leave another waiting for it: the run is over then, and says why. */
    private static void endWith(Thread thread, Throwable failure) {
        Terminal terminal = Terminal.ofProcess(System.getProperties());
        FailureHandler.handle(
                failure, new Console(terminal, ColorMode.AUTO, System.getenv()), UnaryOperator.identity(), false);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    /** One run, from its arguments to its exit code. */
    public static int run(Terminal terminal, Map<String, String> variables, String... args) {
        GlobalOptions options = new GlobalOptions();
        try (Session session = new Session(terminal, variables, options)) {
            CommandLine root = commandLine(session, options, args);
            Thread ending = new Thread(() -> session.console().stop(), "ending");
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                return root.execute(helpAsOption(root, args));
            } finally {
                removeHook(ending);
            }
        } catch (Throwable e) {
            // Errors too: a stack or a memory that is full is a matter of what was asked, and of one run.
            return FailureHandler.handle(
                    e,
                    new Console(terminal, options.color == null ? ColorMode.AUTO : options.color, variables),
                    hint -> new Session(terminal, variables, options).hints().complete(hint),
                    options.debug);
        }
    }

    /** Every command, for those who want to describe them. */
    public static CommandLine wholeTree() {
        GlobalOptions options = new GlobalOptions();
        Session nowhere = new Session(
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Terminal.Ttys.NONE,
                        OptionalInt.empty()),
                Map.of(),
                options);
        CommandLine root = new CommandLine(RootCommandArguments.of(new RootCommand(options)));
        new Commands(nowhere).addAllTo(root);
        return root;
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // The process is being ended, and the hook runs.
        }
    }

    static CommandLine commandLine(Session session, GlobalOptions options, String... args) {
        Terminal terminal = session.terminal();
        CommandLine root = new CommandLine(RootCommandArguments.of(new RootCommand(options)));
        Commands commands = new Commands(session);
        commands.addTo(root, withoutValuesOfOptions(root, args));
        configureParser(root);
        root.setOut(
                new PrintWriter(new OutputStreamWriter(new LoudOutput(terminal.out()), StandardCharsets.UTF_8), true));
        root.setErr(new PrintWriter(new OutputStreamWriter(terminal.err(), StandardCharsets.UTF_8), true));
        root.setExecutionExceptionHandler((failure, command, parsed) -> FailureHandler.handle(
                failure, session.console(), hint -> session.hints().complete(hint), options.debug));
        root.setParameterExceptionHandler((failure, arguments) -> {
            commands.addAllTo(root);
            configureParser(root);
            return FailureHandler.handle(
                    again(root, failure, arguments),
                    session.console(),
                    hint -> session.hints().complete(hint),
                    options.debug);
        });
        root.setExecutionStrategy(parsed -> {
            HelpPages.style(
                    root, ansi(session, session.color()), terminal.columns().orElse(80));
            boolean help = parsed.asCommandLineList().stream()
                    .anyMatch(line -> line.isUsageHelpRequested() || line.isVersionHelpRequested());
            try {
                if (!help) {
                    session.requireOutput();
                }
                return new CommandLine.RunLast().execute(parsed);
            } catch (LineOutput.ReaderGone | LineOutput.Unwritable | DynacogException e) {
                // What is refused before the command, and help and version, which are printed where picocli catches
                // nothing but shows a trace.
                return FailureHandler.handle(
                        e, session.console(), hint -> session.hints().complete(hint), options.debug);
            }
        });
        return root;
    }

    /** The arguments that may name a command: a global option's value doesn't, whatever it is called. */
    private static List<String> withoutValuesOfOptions(CommandLine root, String... args) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            @Nullable OptionSpec option = root.getCommandSpec().optionsMap().get(args[i]);
            if (option != null && !option.typeInfo().isBoolean()) {
                i++;
            } else {
                left.add(args[i]);
            }
        }
        return left;
    }

    /** {@code help scan} is {@code scan --help}, when there is such a command: what isn't there is told by the parser. */
    private static String[] helpAsOption(CommandLine root, String... args) {
        List<String> words = withoutValuesOfOptions(root, args).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        if (words.isEmpty() || !words.get(0).equals("help")) {
            return args;
        }
        List<String> changed = new ArrayList<>(List.of(args));
        changed.remove("help");
        CommandLine command = root;
        for (String word : words.subList(1, words.size())) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return changed.toArray(String[]::new);
            }
        }
        changed.add("--help");
        return changed.toArray(String[]::new);
    }

    /** How arguments are read, by every command that was added so far. */
    private static void configureParser(CommandLine root) {
        // What begins with @ is somebody's name, or text, and no file's.
        root.setExpandAtFiles(false);
        // An option's value may be called like a command: local and scan are names of environments and regions too.
        root.setAllowSubcommandsAsOptionParameters(true);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.registerConverter(Format.class, new Choice<>(Format.values()));
        root.registerConverter(ColorMode.class, new Choice<>(ColorMode.values()));
        root.registerConverter(ExportFormat.class, new Choice<>(ExportFormat.values()));
    }

    private static Ansi ansi(Session session, ColorMode mode) {
        boolean colored = Palette.decide(
                        mode, session.variables(), session.terminal().ttys().out())
                .isColored();
        return colored ? Ansi.ON : Ansi.OFF;
    }

    /** Suggestions need all commands, of which only the likely ones were there at first. */
    private static ParameterException again(CommandLine root, ParameterException first, String... args) {
        try {
            root.parseArgs(args);
            return first;
        } catch (ParameterException second) {
            return second;
        }
    }
}
