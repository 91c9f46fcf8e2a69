package dev.dynacog.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Runs candidates in turn, so that whatever else the machine does meets all of them alike. Who begins changes with every
 * round. A first round is not counted: it fills the caches, and shows whether all do the same and what memory it takes.
 */
final class Race {
    private final Processes processes;
    private final Path folder;

    Race(Processes processes, Path folder) {
        this.processes = processes;
        this.folder = folder;
    }

    /** Wall milliseconds, and the most memory that was used. */
    record Result(Sample millis, OptionalLong peakKib) {}

    Map<Candidate, Result> run(List<Candidate> candidates, int rounds) throws IOException {
        Map<Candidate, OptionalLong> peaks = warmUp(candidates);
        Map<Candidate, List<Double>> times = new LinkedHashMap<>();
        candidates.forEach(candidate -> times.put(candidate, new ArrayList<>()));
        List<Candidate> order = new ArrayList<>(candidates);
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : order) {
                times.getOrDefault(candidate, new ArrayList<>()).add(time(candidate));
            }
            Collections.rotate(order, 1);
        }
        Map<Candidate, Result> results = new LinkedHashMap<>();
        times.forEach((candidate, millis) -> results.put(
                candidate, new Result(Sample.of(millis), peaks.getOrDefault(candidate, OptionalLong.empty()))));
        return results;
    }

    /** Memory is looked at here, since looking takes time from what it looks at. */
    private Map<Candidate, OptionalLong> warmUp(List<Candidate> candidates) throws IOException {
        Path output = folder.resolve("warm-up");
        Map<Candidate, OptionalLong> peaks = new LinkedHashMap<>();
        String first = "";
        for (Candidate candidate : candidates) {
            candidate.before().prepare();
            Processes.Started started =
                    processes.start(candidate.command(), candidate.environment(), Redirect.to(output.toFile()));
            peaks.put(candidate, PeakMemory.watch(started.process()));
            processes.millisOf(started, candidate.name());
            String essence = candidate.essence().of(output);
            if (first.isEmpty()) {
                first = essence;
            } else if (!first.equals(essence)) {
                throw new BenchException(
                        candidates.get(0).name() + " gave " + first + ", but " + candidate.name() + " gave " + essence,
                        "that is different work, which can't be compared: "
                                + String.join(" ", candidates.get(0).command()) + " and "
                                + String.join(" ", candidate.command()));
            }
        }
        Files.deleteIfExists(output);
        return peaks;
    }

    private double time(Candidate candidate) throws IOException {
        candidate.before().prepare();
        return processes.millisOf(
                processes.start(candidate.command(), candidate.environment(), Redirect.DISCARD), candidate.name());
    }
}
