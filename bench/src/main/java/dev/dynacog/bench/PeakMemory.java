package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The most memory that a process and its children had resident, by the kernel's own high-water mark. */
final class PeakMemory {
    private static final String MARK = "VmHWM:";
    private static final long PAUSE_MILLIS = 3;

    private PeakMemory() {}

    /** Looks until the process ends, since its mark goes with it; nothing where the system doesn't tell. */
    static OptionalLong watch(Process process) {
        long most = 0;
        try {
            while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = kib(process.pid())
                        + process.descendants()
                                .mapToLong(child -> kib(child.pid()))
                                .sum();
                most = Math.max(most, now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", "");
        }
        return most == 0 ? OptionalLong.empty() : OptionalLong.of(most);
    }

    private static long kib(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
                if (line.startsWith(MARK)) {
                    return Long.parseLong(
                            line.substring(MARK.length()).replace("kB", "").strip());
                }
            }
        } catch (IOException e) {
            // It has just ended, or there is no such place on this system.
            return 0;
        }
        return 0;
    }
}
