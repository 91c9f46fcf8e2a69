package dev.dynacog.cli.command.local;

import dev.dynacog.config.Folders;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stack's JVM, from its start until it is ready or has said why it isn't. */
public final class StackProcess {
    private static final String MAIN = "dev.dynacog.local.StackMain";
    private static final long LOG_LIMIT = 4_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The exit code by which a stack says that another one holds its state folder. */
    private static final int ANOTHER_RUNS = 3;

    /** What the servers need of our environment. The rest may be secrets, and they would have it for weeks. */
    private static final Set<String> NEEDED = Set.of("LANG", "LC_ALL", "LC_CTYPE", "TZ");

    private final Process process;
    private final Place place;
    private final Path stateFile;
    private final Path log;

    private StackProcess(Process process, Place place, Path stateFile, Path log) {
        this.process = process;
        this.place = place;
        this.stateFile = stateFile;
        this.log = log;
    }

    /**
     * Where the stack works.
     *
     * @param root the account and the folders of the servers, when we are root
     * @param options with paths that the servers can follow
     * @param given the users' file as it was given
     */
    private record Place(
            Optional<Root> root, Path jars, Path state, Path cache, StackOptions options, Optional<Path> given) {}

    private record Root(ServerAccount account, RootsStack folders) {}

    /** How a stack's life is tied to ours. */
    public enum Tie {
        /** It lives on when we end, and Ctrl-C in our terminal is not for it. */
        FREE,
        /** It ends when we end, however that happens. */
        BOUND
    }

    /**
     * Starts a stack's JVM.
     *
     * @param home the distribution's folder
     * @param stateFolder one of the user's, or a passing one
     */
    public static StackProcess start(Path home, Folders folders, Path stateFolder, StackOptions options, Tie tie) {
        if (!Files.isDirectory(home.resolve("lib/local"))) {
            throw new DynacogException.Failed(
                    "the local servers are not installed: missing folder " + home.resolve("lib/local"),
                    "unpack the whole distribution, or use bin/dynacog of a source checkout");
        }
        Path log = stateFolder.resolve("stack.log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            folders.make(stateFolder);
            Place place = place(home, folders, stateFolder, options, tie);
            List<String> command = new ArrayList<>();
            // What is ignored here stays ignored in the JVM: a stack isn't ended by Ctrl-C in the terminal it came
            // from.
            command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "dynacog-stack"));
            List<String> jvm = new ArrayList<>(List.of(java.toString()));
            jvm.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx1g"));
            // SQLite below DynamoDB Local is native; newer Javas warn about it.
            jvm.add("--enable-native-access=ALL-UNNAMED");
            jvm.addAll(List.of("-cp", place.jars() + File.separator + "*", MAIN));
            jvm.addAll(List.of(
                    "--state-dir",
                    place.state().toString(),
                    "--cache-dir",
                    place.cache().toString()));
            jvm.addAll(place.options().arguments());
            if (tie == Tie.BOUND) {
                jvm.add("--follow-stdin");
            }
            if (place.root().isPresent()) {
                place.root().get().folders().requireReadable(java);
                command.addAll(place.root().get().account().command(jvm));
            } else {
                command.addAll(jvm);
            }
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
                Files.move(log, stateFolder.resolve("stack.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            PrivateFile.append(log).close();
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(place.state().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            tie == Tie.BOUND
                                    ? ProcessBuilder.Redirect.PIPE
                                    : ProcessBuilder.Redirect.from(new File("/dev/null")));
            environment(builder.environment(), options);
            return new StackProcess(builder.start(), place, stateFolder.resolve("stack.properties"), log);
        } catch (IOException e) {
            throw new DynacogException.Failed("cannot start the local stack: " + e.getMessage(), "", e);
        }
    }

    private static Place place(Path home, Folders own, Path stateFolder, StackOptions options, Tie tie)
            throws IOException {
        Optional<ServerAccount> account = ServerAccount.ofRoot();
        if (account.isEmpty()) {
            options.data().ifPresent(own::make);
            return new Place(
                    Optional.empty(),
                    home.resolve("lib/local"),
                    stateFolder,
                    own.make(own.cache()),
                    options,
                    options.users());
        }
        account.get().requireUsable();
        RootsStack folders = new RootsStack(account.get());
        Path state = tie == Tie.BOUND ? folders.passing() : folders.instead(stateFolder.resolve("state"));
        Optional<Path> data = Optional.empty();
        if (options.data().isPresent()) {
            data = Optional.of(folders.instead(options.data().get()));
        }
        Optional<Path> users = Optional.empty();
        if (options.users().isPresent()) {
            users = Optional.of(folders.readable(options.users().get().toAbsolutePath(), state));
        }
        return new Place(
                Optional.of(new Root(account.get(), folders)),
                folders.jars(home),
                state,
                folders.cache(),
                new StackOptions(
                        options.dynamodbPort(),
                        options.postgresPort(),
                        options.cognitoPort(),
                        data,
                        users,
                        options.password()),
                options.users().map(Path::toAbsolutePath));
    }

    private static void environment(Map<String, String> environment, StackOptions options) {
        String path = environment.getOrDefault("PATH", "");
        environment.keySet().retainAll(NEEDED);
        // A relative entry would be a folder of the servers' own.
        environment.put(
                "PATH",
                Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/usr/bin", "/bin"))
                        .filter(entry -> entry.startsWith("/"))
                        .distinct()
                        .collect(Collectors.joining(":")));
        environment.put("DDB_LOCAL_TELEMETRY", "0");
        // Arguments can be seen by everybody; this by the servers' account alone.
        options.password().ifPresent(password -> environment.put("DYNACOG_LOCAL_PASSWORD", password));
    }

    /** Waits until both servers answer. */
    public RunningStack awaitReady(Consumer<String> progress) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<RunningStack> ready = said().filter(RunningStack::isReady);
            if (ready.isPresent() && (ready.get().pid() == process.pid() || anotherRuns())) {
                return published(ready.get());
            }
            if (!process.isAlive() && !anotherRuns()) {
                throw failure();
            }
            progress.accept("local stack starts");
            pause();
        }
        process.destroy();
        throw new DynacogException.Unreachable(
                "the local stack was not ready after " + PATIENCE.toSeconds() + " seconds", "its log: " + log, null);
    }

    /** What the stack says of itself; root's is somebody else, and is believed only where it speaks of itself. */
    private Optional<RunningStack> said() {
        if (place.root().isEmpty()) {
            return RunningStack.read(stateFile);
        }
        ServerAccount account = place.root().get().account();
        return RunningStack.read(place.state().resolve("stack.properties"), account.files());
    }

    /** Where every command will look for it: the servers' own file is not for root to read again and again. */
    private RunningStack published(RunningStack ready) {
        if (place.root().isEmpty()) {
            return ready;
        }
        try {
            Optional<ProcessHandle> servers = ready.process();
            if (servers.isEmpty() || !place.root().get().account().isOf(servers.get())) {
                throw new DynacogException.Failed(
                        "the local servers' state file names process " + ready.pid() + ", which is not one of them",
                        "its log: " + log);
            }
            Properties properties = new Properties();
            properties.putAll(ready.properties());
            place.given().ifPresent(file -> properties.setProperty("cognito.file", file.toString()));
            PrivateFile.replace(stateFile, out -> properties.store(out, null));
            return RunningStack.read(stateFile).orElse(ready);
        } catch (IOException e) {
            throw new DynacogException.Failed("the state file cannot be written: " + e.getMessage(), "", e);
        }
    }

    /** Somebody started a stack at the same moment; theirs serves as well. */
    private boolean anotherRuns() {
        return !process.isAlive() && process.exitValue() == ANOTHER_RUNS;
    }

    private void pause() {
        try {
            // Returns at once when the process ends.
            boolean ended = process.waitFor(10, TimeUnit.MILLISECONDS);
            if (ended) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted while the local stack was starting", "", e);
        }
    }

    private DynacogException failure() {
        Optional<RunningStack> said = said();
        String error =
                said.flatMap(state -> state.get("error")).orElseGet(() -> "the local stack stopped: " + lastLine());
        String hint = said.flatMap(state -> state.get("hint")).orElse("its log: " + log);
        boolean usage =
                said.flatMap(state -> state.get("kind")).map("usage"::equals).orElse(false);
        return usage ? new DynacogException.Usage(error, hint) : new DynacogException.Failed(error, hint);
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "exit code " + process.exitValue() : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "exit code " + process.exitValue();
        }
    }

    /** Ends a bound stack, and waits for it. */
    public void end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (place.root().isPresent()) {
                place.root().get().folders().delete(place.state());
            }
        } catch (IOException ignored) {
            // Then it has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
