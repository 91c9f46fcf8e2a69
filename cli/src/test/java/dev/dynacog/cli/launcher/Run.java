package dev.dynacog.cli.launcher;

import dev.dynacog.cli.testing.Interruptible;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process that is to be started with these variables and no others. */
record Run(Path folder, Map<String, String> variables, List<String> command) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How it ended. */
    record Result(int exit, String out, String err) {}

    /** One that runs. */
    record Running(Process process, Path out, Path err) {
        Result await() {
            return await(PATIENCE);
        }

        Result await(Duration patience) {
            try {
                if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("still runs after " + patience + ": " + process.info());
                }
                return new Result(process.exitValue(), text(out), text(err));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    static Run of(Path folder, String... command) {
        return new Run(folder, Map.of("PATH", System.getenv("PATH")), List.of(command));
    }

    Run with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(variables);
        changed.put(name, value);
        return new Run(folder, changed, command);
    }

    Run without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(variables);
        changed.remove(name);
        return new Run(folder, changed, command);
    }

    Run in(Path other) {
        return new Run(other, variables, command);
    }

    Run calling(String... other) {
        return new Run(folder, variables, List.of(other));
    }

    /** The same command with these arguments. */
    Run args(String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return new Run(folder, variables, all);
    }

    Running start() {
        try {
            Path out = Files.createTempFile("out", "");
            Path err = Files.createTempFile("err", "");
            out.toFile().deleteOnExit();
            err.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(Interruptible.command(command))
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run() {
        return start().await();
    }

    /** Waits until something holds; how long that takes says nothing. */
    static void until(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** JUnit warns of each link that it removes. */
    static void removeLinks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
