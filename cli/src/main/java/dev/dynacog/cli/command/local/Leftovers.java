package dev.dynacog.cli.command.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The processes that a command started and left behind, in whatever session and below whatever parent. They are known by
 * a variable that the command gets and its children inherit. Only Linux lets others read it; and a process that
 * cleared its environment, or became another user's, isn't found.
 */
final class Leftovers {
    private static final String VARIABLE = "DYNACOG_RUN";
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 20;

    private final String mark = UUID.randomUUID().toString();

    /** Marks a command by its variables; marks of runs that this one is part of stay. */
    void mark(Map<String, String> variables) {
        variables.merge(VARIABLE, mark, (outer, own) -> outer + " " + own);
    }

    /** Asks them to end, and ends those that don't. */
    void end() {
        List<ProcessHandle> left = alive();
        left.forEach(ProcessHandle::destroy);
        await(left, GRACE);
        Instant deadline = Instant.now().plus(PATIENCE);
        // Again and again, since they may start others meanwhile.
        for (left = alive(); !left.isEmpty() && Instant.now().isBefore(deadline); left = alive()) {
            left.forEach(ProcessHandle::destroyForcibly);
            await(left, Duration.ofMillis(PAUSE_MILLIS));
        }
    }

    private List<ProcessHandle> alive() {
        List<ProcessHandle> marked = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return marked;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path folder : folders) {
                if (isMarked(folder)) {
                    Optional<ProcessHandle> process =
                            ProcessHandle.of(Long.parseLong(folder.getFileName().toString()));
                    process.ifPresent(marked::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        }
        return marked;
    }

    private boolean isMarked(Path folder) {
        try {
            return new String(Files.readAllBytes(folder.resolve("environ")), StandardCharsets.ISO_8859_1)
                    .contains(mark);
        } catch (IOException ended) {
            // Or it is somebody else's.
            return false;
        }
    }

    private static void await(List<ProcessHandle> processes, Duration longest) {
        Instant deadline = Instant.now().plus(longest);
        while (processes.stream().anyMatch(ProcessHandle::isAlive)
                && Instant.now().isBefore(deadline)) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
