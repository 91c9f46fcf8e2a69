package dev.dynacog.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The main of the stack's own JVM: starts the servers, says so in the state file, and ends when it is told to by
 * SIGTERM, by the end of its standard input, or by the end of one of its servers.
 */
public final class StackMain {
    private static final String LIBRARIES = "native";
    private static final int FAILED = 1;
    private static final int RUNNING_ALREADY = 3;

    private final StackArguments arguments;
    private final StateFile stateFile;
    private final FolderLock lock;
    private final Stack stack = new Stack();
    private final Path libraries;
    private boolean ending;

    private StackMain(StackArguments arguments, StateFile stateFile, FolderLock lock, Path libraries) {
        this.arguments = arguments;
        this.stateFile = stateFile;
        this.lock = lock;
        this.libraries = libraries;
    }

    public static void main(String[] args) {
        try {
            StackArguments arguments = StackArguments.parse(List.of(args));
            Path folder = Folders.ensure(arguments.stateFolder(), "state");
            FolderLock lock = takeLock(folder);
            StateFile stateFile = new StateFile(folder);
            Path libraries = libraries(folder, arguments.cacheFolder());
            forgetPredecessor(stateFile, libraries);
            // DynamoDB Local unpacks its native library at every start, and a killed process leaves its copy.
            System.setProperty(
                    "org.sqlite.tmpdir", Folders.ensure(libraries, "state").toString());
            new StackMain(arguments, stateFile, lock, libraries).run();
        } catch (StackException problem) {
            complain(System.err, problem);
            System.exit(problem.kind() == StackException.Kind.RUNNING ? RUNNING_ALREADY : FAILED);
        }
    }

    private static FolderLock takeLock(Path folder) {
        try {
            return FolderLock.tryTake(folder.resolve("stack.lock"))
                    .orElseThrow(() -> StackException.running(
                            "a local stack is already running (state folder " + folder + ")",
                            "'dynacog local status' shows it, 'dynacog local down' stops it"));
        } catch (IOException problem) {
            throw Folders.unusable(folder, "state", problem);
        }
    }

    private static void forgetPredecessor(StateFile stateFile, Path libraries) {
        try {
            stateFile.delete();
            Folders.deleteTree(libraries);
        } catch (IOException problem) {
            throw Folders.unusable(stateFile.folder(), "state", problem);
        }
    }

    /** Postgres may be another user, who has to come by here. */
    private static Path data(Path folder) {
        Path data = Folders.ensure(folder, "data");
        try {
            Unprivileged.choose().letThrough(data);
            return data;
        } catch (IOException problem) {
            throw Folders.unusable(data, "data", problem);
        }
    }

    /** In the state folder, or where programs are, when none can be run from there. */
    private static Path libraries(Path state, Path cache) {
        try {
            return Folders.runsPrograms(state)
                    ? state.resolve(LIBRARIES)
                    : Folders.ensure(cache, "cache").resolve(LIBRARIES + "-" + nameOf(state));
        } catch (IOException problem) {
            throw Folders.unusable(state, "state", problem);
        }
    }

    private static String nameOf(Path folder) {
        return UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void run() {
        Thread end = new Thread(this::end, "stack-end");
        Runtime.getRuntime().addShutdownHook(end);
        if (arguments.followStdin()) {
            followStdin();
        }
        try {
            List<StackPart.Running> parts = stack.start(parts());
            publish(ready(parts));
            CompletableFuture.anyOf(parts.stream().map(StackPart.Running::ended).toArray(CompletableFuture[]::new))
                    .join();
            System.err.println("a server of the stack stopped unexpectedly; stopping the stack");
        } catch (IOException problem) {
            report(Folders.unusable(stateFile.folder(), "state", problem), end);
        } catch (StackException problem) {
            report(problem, end);
        }
        System.exit(FAILED);
    }

    private List<StackPart> parts() {
        Optional<Path> data = arguments.dataFolder().map(StackMain::data);
        Ports.Choice dynamoPort = Ports.choose(DynamoPart.NAME, arguments.dynamoPort());
        Ports.Choice postgresPort = Ports.choose(PostgresPart.NAME, arguments.postgresPort());
        Ports.Choice cognitoPort = Ports.choose(CognitoPart.NAME, arguments.cognitoPort());
        return List.of(
                new DynamoPart(dynamoPort, data.map(folder -> folder.resolve("dynamodb"))),
                new PostgresPart(
                        postgresPort,
                        data.map(folder -> folder.resolve("postgres")),
                        arguments.cacheFolder(),
                        password()),
                new CognitoPart(cognitoPort, data.map(folder -> folder.resolve("cognito")), arguments.users()));
    }

    /** By a variable, because everybody can see a process's arguments. */
    private static Optional<String> password() {
        return Optional.ofNullable(System.getenv("DYNACOG_LOCAL_PASSWORD"));
    }

    private Map<String, String> ready(List<StackPart.Running> parts) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("status", "ready");
        facts.putAll(identity());
        facts.put("user", System.getProperty("user.name"));
        arguments.dataFolder().ifPresent(folder -> facts.put("data", folder.toString()));
        int note = 0;
        for (StackPart.Running part : parts) {
            facts.putAll(part.state());
            if (part.note().isPresent()) {
                note++;
                facts.put("note." + note, part.note().get());
            }
        }
        return facts;
    }

    /** The start beside the number, so that a reader can tell another process that got the number later. */
    private static Map<String, String> identity() {
        ProcessHandle self = ProcessHandle.current();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pid", Long.toString(self.pid()));
        self.info().startInstant().map(Instant::toString).ifPresent(start -> facts.put("started", start));
        return facts;
    }

    /** Unless the end has come meanwhile: nothing would delete the file any more. */
    private synchronized void publish(Map<String, String> facts) throws IOException {
        if (!ending) {
            stateFile.write(facts);
        }
    }

    /** A stack that did not come up leaves its reason; the hook would take that for a stack's state and delete it. */
    private void report(StackException problem, Thread end) {
        complain(System.err, problem);
        stack.close();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("status", "failed");
        facts.putAll(identity());
        facts.put("kind", problem.kind().name().toLowerCase(java.util.Locale.ROOT));
        facts.put("error", problem.getMessage());
        facts.put("hint", problem.hint());
        try {
            if (Runtime.getRuntime().removeShutdownHook(end)) {
                stateFile.write(facts);
            }
        } catch (IllegalStateException endingAlready) {
            // Somebody told us to end meanwhile, and wants to hear nothing.
        } catch (IOException unwritable) {
            complain(System.err, Folders.unusable(stateFile.folder(), "state", unwritable));
        }
    }

    /** The file goes last: who sees it gone finds ports and folders free. */
    private void end() {
        forbidPublishing();
        stack.close();
        try {
            Folders.deleteTree(libraries);
        } catch (IOException leftForTheNextStart) {
            // As when we are killed.
        }
        try {
            stateFile.delete();
        } catch (IOException leftForTheNextStart) {
            // Readers see from its pid and start that it is stale.
        }
        lock.close();
    }

    private synchronized void forbidPublishing() {
        ending = true;
    }

    private static void followStdin() {
        Thread follower = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Only its end means something.
                        }
                    } catch (IOException closed) {
                        // As good as its end.
                    }
                    System.exit(0);
                },
                "stack-stdin");
        follower.setDaemon(true);
        follower.start();
    }

    private static void complain(PrintStream err, StackException problem) {
        err.println("error: " + problem.getMessage());
        err.println("hint: " + problem.hint());
    }
}
