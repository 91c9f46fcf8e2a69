package dev.dynacog.cli.command.local;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Start DynamoDB, Postgres and Cognito on 127.0.0.1 in the background.",
        description = {
            "If the stack is already running, 'up' reports it. If a default port is in use, another"
                    + " one is chosen; a port set with an option must be free.",
            "Environment 'local' finds the stack automatically; the printed variables are for other" + " tools."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog local up --seed",
            "  dynacog local up --in-memory --port-dynamodb 0 --port-postgres 0"
        })
public final class LocalUpCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--seed", description = "Load the schemas, sample people and conversations.")
    boolean seed;

    @Option(names = "--in-memory", description = "Keep all data in memory; lose it on stop.")
    boolean inMemory;

    @Option(
            names = "--port-dynamodb",
            paramLabel = "N",
            description = "Port for DynamoDB; 0 picks a free one. Default: 8000.")
    @Nullable
    Integer dynamodbPort;

    @Option(
            names = "--port-postgres",
            paramLabel = "N",
            description = "Port for Postgres; 0 picks a free one. Default: 5432.")
    @Nullable
    Integer postgresPort;

    @Option(
            names = "--port-cognito",
            paramLabel = "N",
            description = "Port for Cognito; 0 picks a free one. Default: 9229.")
    @Nullable
    Integer cognitoPort;

    @Option(names = "--users", paramLabel = "FILE", description = "JSON file of users for the Cognito user pool.")
    @Nullable
    Path users;

    @Option(
            names = "--password",
            paramLabel = "TEXT|random",
            description = "Set the password of the role postgres. It is kept with the data. Initially: password.")
    @Nullable
    String password;

    public LocalUpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!session.environment().isLocal()) {
            throw new DynacogException.Usage(
                    "local up only works in environment local, not "
                            + session.environment().name().value(),
                    "remove --env");
        }
        Optional<RunningStack> found = RunningStack.find(session.folders());
        found.ifPresent(this::requireSame);
        RunningStack stack = found.orElseGet(this::start);
        stack.notes()
                .forEach(note ->
                        session.console().tell(Text.of("note", Tone.ATTENTION).plus("  " + note)));
        List<Text> seeded = seed ? seed(stack) : List.of();
        Map<String, @Nullable Object> record = new LinkedHashMap<>(StackView.record(stack));
        record.put("found", found.isPresent());
        session.output().one(record, () -> page(stack, found.isPresent(), seeded));
        return ExitCode.DONE;
    }

    private RunningStack start() {
        LocalFiles files = new LocalFiles(session.folders());
        StackOptions options = new StackOptions(
                port(dynamodbPort),
                port(postgresPort),
                port(cognitoPort),
                inMemory ? Optional.empty() : Optional.of(files.data()),
                Optional.ofNullable(users),
                Optional.ofNullable(password));
        try (Progress progress = session.console().progress("local stack starts", OptionalLong.empty())) {
            return StackProcess.start(
                            session.home(),
                            session.folders(),
                            session.folders().state(),
                            options,
                            StackProcess.Tie.FREE)
                    .awaitReady(progress::say);
        }
    }

    private static OptionalInt port(@Nullable Integer port) {
        if (port == null) {
            return OptionalInt.empty();
        }
        if (port < 0 || port > 65535) {
            throw new DynacogException.Usage(
                    "invalid port " + port, "use a port from 1 to 65535, or 0 for any free one");
        }
        return OptionalInt.of(port);
    }

    /** A stack that runs already does, unless something else was asked for. */
    private void requireSame(RunningStack stack) {
        if (inMemory && stack.dataFolder().isPresent()) {
            throw other("keeps its data");
        }
        if (users != null
                && !stack.get("cognito.file")
                        .equals(Optional.of(users.toAbsolutePath().toString()))) {
            throw other("has other users in its Cognito pool");
        }
        if (password != null && !Optional.of(password).equals(stack.postgres().flatMap(LocalUpCommand::password))) {
            throw other("keeps its password");
        }
        requirePort(
                dynamodbPort,
                "DynamoDB",
                stack.dynamodb().map(url -> URI.create(url).getPort()));
        requirePort(
                postgresPort,
                "Postgres",
                stack.postgres().map(url -> URI.create(url).getPort()));
        requirePort(
                cognitoPort,
                "Cognito",
                stack.cognito().map(url -> URI.create(url).getPort()));
    }

    private static Optional<String> password(String url) {
        String userInfo = URI.create(url).getUserInfo();
        return Optional.of(userInfo.substring(userInfo.indexOf(':') + 1));
    }

    private static void requirePort(@Nullable Integer wanted, String server, Optional<Integer> actual) {
        if (wanted != null && wanted != 0 && actual.isPresent() && !wanted.equals(actual.get())) {
            throw other("has " + server + " at port " + actual.get());
        }
    }

    private static DynacogException other(String how) {
        return new DynacogException.Usage("a stack is already running and " + how, "stop it first: dynacog local down");
    }

    /** Fills the stack itself, wherever the variables of this shell may lead. */
    private List<Text> seed(RunningStack stack) {
        try (Session there = session.withVariables(StackView.variables(stack));
                Progress progress = session.console().progress("seed", OptionalLong.empty())) {
            return new LocalSeed(there, progress).fill(stack.postgres().isPresent());
        }
    }

    private List<Text> page(RunningStack stack, boolean found, List<Text> seeded) {
        List<Text> lines = new ArrayList<>(StackView.endpoints(stack));
        lines.addAll(seeded);
        stack.get("user")
                .filter(user -> !user.equals(System.getProperty("user.name")))
                .ifPresent(user -> lines.add(StackView.line("runs as", user + ", because you are root")));
        if (found) {
            lines.add(Text.of("It was already running.", Tone.SECONDARY));
        }
        lines.add(Text.EMPTY);
        lines.add(Text.of("Try: ", Tone.SECONDARY)
                .plus(seed ? "dynacog list-conversations" : "dynacog list-tables", Tone.KEY)
                .plus("        Stop: ", Tone.SECONDARY)
                .plus("dynacog local down", Tone.KEY));
        lines.add(Text.of("For other tools: ", Tone.SECONDARY).plus("eval \"$(dynacog local env)\"", Tone.KEY));
        return lines;
    }
}
