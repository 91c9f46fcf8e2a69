package dev.dynacog.cli.local;

import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stack's JVM, from its start until it is ready or has said why it isn't. */
public final class StackProcess {
    private static final String MAIN = "dev.dynacog.local.StackMain";
    private static final long LOG_LIMIT = 4_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The exit code by which a stack says that another one holds its state folder. */
    private static final int ANOTHER_RUNS = 3;

    private final Process process;
    private final Path stateFile;
    private final Path log;

    private StackProcess(Process process, Path stateFile, Path log) {
        this.process = process;
        this.stateFile = stateFile;
        this.log = log;
    }

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
     */
    public static StackProcess start(Path home, Path stateFolder, Path cacheFolder, StackOptions options, Tie tie) {
        Path servers = home.resolve("lib/local");
        if (!Files.isDirectory(servers)) {
            throw new DynacogException.Failed(
                    "the local servers are not installed: there is no folder " + servers,
                    "unpack the whole distribution, or run bin/dynacog of a source checkout");
        }
        Path log = stateFolder.resolve("stack.log");
        List<String> command = new ArrayList<>();
        // What is ignored here stays ignored in the JVM: a stack isn't ended by Ctrl-C in the terminal it came from.
        command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "dynacog-stack"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx1g"));
        // SQLite below DynamoDB Local is native; newer Javas warn about it.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", servers + File.separator + "*", MAIN));
        command.addAll(List.of("--state-dir", stateFolder.toString(), "--cache-dir", cacheFolder.toString()));
        command.addAll(options.arguments());
        if (tie == Tie.BOUND) {
            command.add("--follow-stdin");
        }
        try {
            Files.createDirectories(stateFolder);
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
                Files.move(log, stateFolder.resolve("stack.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            tie == Tie.BOUND
                                    ? ProcessBuilder.Redirect.PIPE
                                    : ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
            return new StackProcess(builder.start(), stateFolder.resolve("stack.properties"), log);
        } catch (IOException e) {
            throw new DynacogException.Failed("the local stack can't be started: " + e.getMessage(), "", e);
        }
    }

    /** Waits until both servers answer. */
    public RunningStack awaitReady(Consumer<String> progress) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<RunningStack> ready = RunningStack.read(stateFile).filter(RunningStack::isReady);
            if (ready.isPresent() && (ready.get().pid() == process.pid() || anotherRuns())) {
                return ready.get();
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
            throw new DynacogException.Incomplete("interrupted while the local stack started", "", e);
        }
    }

    private DynacogException failure() {
        Optional<RunningStack> said = RunningStack.read(stateFile);
        String error =
                said.flatMap(state -> state.get("error")).orElseGet(() -> "the local stack ended: " + lastLine());
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
        } catch (IOException ignored) {
            // Then it has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
