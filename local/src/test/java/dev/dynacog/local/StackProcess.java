package dev.dynacog.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A stack as the tool starts it: another JVM, with the jars of the distribution and nothing else. */
final class StackProcess implements AutoCloseable {
    /** Of two seconds, on a machine that is busy with other things. */
    static final Duration A_START = Duration.ofSeconds(100);

    private final Path base;
    private final Process process;

    private StackProcess(Path base, Process process) {
        this.base = base;
        this.process = process;
    }

    static StackProcess inMemory(Path base, String... more) {
        return start(
                base,
                arguments(
                        base,
                        List.of("--in-memory", "--port-dynamodb", "0", "--port-postgres", "0", "--port-cognito", "0"),
                        more));
    }

    static StackProcess keepingData(Path base, String... more) {
        return start(
                base,
                arguments(
                        base,
                        List.of(
                                "--data-dir",
                                data(base).toString(),
                                "--port-dynamodb",
                                "0",
                                "--port-postgres",
                                "0",
                                "--port-cognito",
                                "0"),
                        more));
    }

    static StackProcess with(Path base, String... arguments) {
        return start(base, arguments(base, List.of(), arguments));
    }

    /** As from a terminal: leader of a process group of its own, deaf to what a terminal sends. */
    static StackProcess inTerminal(Path base, String... more) {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(arguments(
                base,
                List.of("--in-memory", "--port-dynamodb", "0", "--port-postgres", "0", "--port-cognito", "0"),
                more));
        return start(base, command);
    }

    static Path data(Path base) {
        return base.resolve("data");
    }

    static Path keptCluster(Path base) {
        return data(base).resolve("postgres").resolve("cluster");
    }

    long pid() {
        return process.pid();
    }

    /** Its own word, and not what a killed predecessor left. */
    StackProcess ready() {
        try {
            Eventually.until(A_START, "the stack says how it is", () -> saysSomething() || !process.isAlive());
            Assertions.assertThat(state()).as(log()).containsEntry("status", "ready");
            return this;
        } catch (AssertionError problem) {
            close();
            throw problem;
        }
    }

    private boolean saysSomething() {
        return Long.toString(pid()).equals(state().getProperty("pid"));
    }

    URI dynamo() {
        return URI.create(state().getProperty("dynamodb.endpoint"));
    }

    String postgres() {
        return state().getProperty("postgres.url");
    }

    Path stateFile() {
        return base.resolve("state").resolve("stack.properties");
    }

    Properties state() {
        Properties state = new Properties();
        try (Reader reader = Files.newBufferedReader(stateFile())) {
            state.load(reader);
        } catch (NoSuchFileException saysNothing) {
            return state;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return state;
    }

    /** Also for a stack whose state file is gone. */
    Postmaster postmaster(Path cluster) {
        return Postmaster.of(cluster).orElseThrow();
    }

    /** The cluster of a stack in memory. */
    Path scratchCluster() {
        String port = Integer.toString(URI.create(postgres()).getPort());
        try (Stream<Path> folders = Files.list(TestFolders.cache().resolve("scratch"))) {
            return folders.map(folder -> folder.resolve("cluster"))
                    .filter(cluster -> portOf(cluster).equals(Optional.of(port)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    ProcessHandle watchdog() {
        return process.toHandle()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains("dynacog-watchdog"))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    void closeStdin() {
        try {
            process.getOutputStream().close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A process that nobody has collected yet has ended all the same, and has no command any more. */
    static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || process.info().arguments().isEmpty();
    }

    int terminate() {
        process.destroy();
        return exitCode();
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    int exitCode() {
        try {
            Assertions.assertThat(process.waitFor(40, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(logFile(base));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        process.destroy();
        exitCode();
    }

    private static Optional<String> portOf(Path cluster) {
        try {
            return Files.readAllLines(Postmaster.file(cluster)).stream().skip(3).findFirst();
        } catch (IOException noServerThere) {
            return Optional.empty();
        }
    }

    private static Path logFile(Path base) {
        return base.resolveSibling("stack.log");
    }

    private static List<String> arguments(Path base, List<String> some, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("stack.lib") + "/*",
                StackMain.class.getName(),
                "--state-dir",
                base.resolve("state").toString(),
                "--cache-dir",
                TestFolders.cache().toString()));
        command.addAll(some);
        command.addAll(List.of(more));
        return command;
    }

    private static StackProcess start(Path base, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(logFile(base).toFile()));
            builder.environment().remove("DDB_LOCAL_TELEMETRY");
            return new StackProcess(base, builder.start());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
