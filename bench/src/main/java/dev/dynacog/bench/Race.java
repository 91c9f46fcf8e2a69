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
 * round. A first round is not counted: it fills the caches, and shows whether all do the same.
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
        requireSameWork(candidates);
        Map<Candidate, List<Double>> times = new LinkedHashMap<>();
        candidates.forEach(candidate -> times.put(candidate, new ArrayList<>()));
        List<Candidate> order = new ArrayList<>(candidates);
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : order) {
                times.getOrDefault(candidate, new ArrayList<>()).add(time(candidate, Redirect.DISCARD));
            }
            Collections.rotate(order, 1);
        }
        Map<Candidate, Result> results = new LinkedHashMap<>();
        for (Map.Entry<Candidate, List<Double>> timed : times.entrySet()) {
            // In runs of their own, since looking takes time too.
            results.put(timed.getKey(), new Result(Sample.of(timed.getValue()), peakKib(timed.getKey())));
        }
        return results;
    }

    private void requireSameWork(List<Candidate> candidates) throws IOException {
        Path output = folder.resolve("warm-up");
        String first = "";
        for (Candidate candidate : candidates) {
            time(candidate, Redirect.to(output.toFile()));
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
    }

    private double time(Candidate candidate, Redirect output) throws IOException {
        candidate.before().prepare();
        return processes.millisOf(
                processes.start(candidate.command(), candidate.environment(), output), candidate.name());
    }

    private OptionalLong peakKib(Candidate candidate) throws IOException {
        candidate.before().prepare();
        Processes.Started started = processes.start(candidate.command(), candidate.environment(), Redirect.DISCARD);
        OptionalLong peak = PeakMemory.watch(started.process());
        processes.millisOf(started, candidate.name());
        return peak;
    }
}
