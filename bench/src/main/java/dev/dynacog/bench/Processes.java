package dev.dynacog.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts programs, and ends those that still run when the bench ends. */
final class Processes {
    private static final File NOTHING = new File("/dev/null");

    private final Path folder;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Processes(Path folder, AtTheEnd end) {
        this.folder = folder;
        end.then(this::endAll);
    }

    /** A program that runs; its errors are kept for when it fails. */
    record Started(Process process, Path errors, long at) {}

    Started start(List<String> command, Map<String, String> environment, Redirect output) throws IOException {
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(NOTHING)
                .redirectOutput(output)
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        long at = System.nanoTime();
        Process process = builder.start();
        running.add(process);
        return new Started(process, errors, at);
    }

    /** Waits for it; anything but exit code 0 is the end of the bench. */
    double millisOf(Started started, String name) throws IOException {
        int exit = await(started.process());
        double millis = (System.nanoTime() - started.at()) / 1e6;
        running.remove(started.process());
        if (exit != 0) {
            String said = Files.readString(started.errors()).strip();
            throw new BenchException(
                    name + " failed with exit code " + exit,
                    said.isEmpty()
                            ? "it said nothing"
                            : said.lines().reduce((first, last) -> last).orElse(""));
        }
        return millis;
    }

    /** What a program prints. */
    String outputOf(List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(folder, "output", "");
        try {
            millisOf(start(command, environment, Redirect.to(output.toFile())), String.join(" ", command));
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", "");
        }
    }

    private void endAll() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
