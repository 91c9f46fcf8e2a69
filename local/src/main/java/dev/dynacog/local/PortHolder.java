package dev.dynacog.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The process that listens on a port, where the system lets us see it. */
record PortHolder(long pid, String name) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    static Optional<PortHolder> of(int port) {
        try {
            return Files.isReadable(PROC.resolve("net/tcp")) ? fromProc(port) : fromLsof(port);
        } catch (IOException | UncheckedIOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "%s (pid %d)".formatted(name, pid);
    }

    private static Optional<PortHolder> fromProc(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = PROC.resolve(table);
            if (Files.isReadable(file)) {
                sockets.addAll(listeningSockets(Files.readAllLines(file), port));
            }
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> holdsAny(process.pid(), sockets))
                    .findFirst()
                    .map(process -> new PortHolder(process.pid(), nameOf(process.pid())));
        }
    }

    /** Columns: number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode. */
    private static List<String> listeningSockets(List<String> table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return table.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                .map(columns -> "socket:[" + columns[9] + "]")
                .toList();
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        Path descriptors = PROC.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (sockets.contains(targetOf(descriptor))) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
            return false;
        }
        return false;
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static String nameOf(long pid) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("comm"))
                    .strip();
        } catch (IOException gone) {
            return "a process";
        }
    }

    private static Optional<PortHolder> fromLsof(int port) throws IOException {
        Process lsof = BareEnvironment.of(new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = lsof.getInputStream()) {
            List<String> fields = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            Optional<String> pid =
                    fields.stream().filter(field -> field.startsWith("p")).findFirst();
            Optional<String> name =
                    fields.stream().filter(field -> field.startsWith("c")).findFirst();
            return pid.map(number -> new PortHolder(
                    Long.parseLong(number.substring(1)),
                    name.map(text -> text.substring(1)).orElse("a process")));
        } finally {
            stop(lsof);
        }
    }

    private static void stop(Process process) {
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
