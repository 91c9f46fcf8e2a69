package dev.dynacog.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The main process of a Postgres, as the file in its cluster and the system's process table tell. */
record Postmaster(ProcessHandle process, boolean ready) {
    private static final int STATUS_LINE = 7;

    /** The one that really runs on this cluster: its file outlives it, and a number is used again. */
    static Optional<Postmaster> of(Path cluster) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(cluster));
        } catch (IOException noneOrJustGone) {
            return Optional.empty();
        }
        boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
        return process(lines)
                .filter(process -> runsOn(process, cluster))
                .map(process -> new Postmaster(process, ready));
    }

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    private static Optional<ProcessHandle> process(List<String> lines) {
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    private static boolean runsOn(ProcessHandle process, Path cluster) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
                .orElse(false);
    }
}
