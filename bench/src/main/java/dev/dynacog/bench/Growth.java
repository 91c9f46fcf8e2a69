package dev.dynacog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How the cost of a scan grows with the table. */
final class Growth implements Section {
    /** From here on a scan has seen pages that are full, and memory ought to stay where it is. */
    private static final int FIRST_OF_FULL_PAGES = 10_000;

    /** Rivals take minutes for more, and their growth is not what is asked. */
    private static final int MOST_FOR_RIVALS = 100_000;

    private final Grounds grounds;
    private final Consumer<String> progress;

    Growth(Grounds grounds, Consumer<String> progress) {
        this.grounds = grounds;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void measure(Results results) throws IOException {
        Table table = new Table(List.of("items", "program", "ms", "items per second", "MiB"));
        Map<String, Double> startUps = new LinkedHashMap<>();
        Map<String, Map<Integer, Double>> costs = new LinkedHashMap<>();
        Map<String, List<Long>> peaks = new LinkedHashMap<>();
        try (StubAws stub = StubAws.start()) {
            // One item takes what any scan takes before it has its first.
            run(stub, 1, grounds.scale().rounds()).forEach((candidate, result) -> {
                table.row(row(1, candidate, result));
                startUps.put(candidate.name(), result.millis().median());
            });
            for (int items : grounds.scale().growth()) {
                run(stub, items, grounds.scale().workRounds()).forEach((candidate, result) -> {
                    table.row(row(items, candidate, result));
                    costs.computeIfAbsent(candidate.name(), any -> new LinkedHashMap<>())
                            .put(items, result.millis().median());
                    if (items >= FIRST_OF_FULL_PAGES) {
                        result.peakKib()
                                .ifPresent(peak -> peaks.computeIfAbsent(candidate.name(), any -> new ArrayList<>())
                                        .add(peak));
                    }
                });
            }
        }
        results.section("How a scan grows with the table");
        results.say("""
                Against the stub. The exponent is that of a power law through the medians, by least squares of the
                logarithms: 1 is linear. Less start-up: with the time for a table of one item taken off.""");
        results.table(table);
        results.list(exponents(costs, startUps));
        results.list(memory(peaks));
    }

    private Map<Candidate, Race.Result> run(StubAws stub, int items, int rounds) throws IOException {
        String table = StubAws.table(items);
        Contest.Builder contest = Contest.of("`scan`, %,d items".formatted(items))
                .dynacog(grounds, stub.variables(), Essence.RECORDS_BY_NUMBER, "scan", table);
        if (items <= MOST_FOR_RIVALS) {
            contest.against(grounds.rivals().boto3(stub.variables(), Essence.RECORDS_BY_NUMBER, "scan.py", table));
        }
        return contest.build().run(grounds.race(), rounds, progress).results();
    }

    private static List<String> row(int items, Candidate candidate, Race.Result result) {
        return List.of(
                "%,d".formatted(items),
                candidate.name(),
                new Yardstick.Time().shown(result.millis()),
                items == 1 ? "—" : new Yardstick.Rate(items).shown(result.millis()),
                Scoreboard.mib(result.peakKib()));
    }

    private static List<String> exponents(Map<String, Map<Integer, Double>> costs, Map<String, Double> startUps) {
        List<String> lines = new ArrayList<>();
        costs.forEach((name, millis) -> {
            Map<Integer, Double> beyond = new LinkedHashMap<>();
            double startUp = startUps.getOrDefault(name, 0.0);
            // Where a size is lost in the noise of the start-up there is no logarithm to take.
            millis.forEach((items, cost) -> beyond.put(items, Math.max(1, cost - startUp)));
            lines.add("%s: time grows with exponent %.2f, less start-up %.2f"
                    .formatted(name, PowerLaw.exponent(millis), PowerLaw.exponent(beyond)));
        });
        return lines;
    }

    private static List<String> memory(Map<String, List<Long>> peaks) {
        List<String> lines = new ArrayList<>();
        peaks.forEach((name, kib) -> {
            if (kib.size() > 1) {
                lines.add("%s: the largest table takes %.2f times the memory of one of %,d items"
                        .formatted(name, (double) kib.get(kib.size() - 1) / kib.get(0), FIRST_OF_FULL_PAGES));
            }
        });
        return lines;
    }
}
