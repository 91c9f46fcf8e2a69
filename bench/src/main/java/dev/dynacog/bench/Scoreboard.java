package dev.dynacog.bench;

import java.util.List;
import java.util.OptionalLong;

/** A table of contests: dynacog on each JDK beside each of its rivals. */
final class Scoreboard {
    private static final String NONE = "—";

    private final Table table;

    Scoreboard(String what, String unit) {
        this.table = new Table(
                List.of(what, "Java", unit, "rival", "its " + unit, "ratio", "goal", "MiB", "its MiB", "memory ratio"));
    }

    void add(Contest.Outcome outcome, Yardstick yardstick) {
        List<Candidate> candidates = outcome.contest().candidates();
        List<Candidate> rivals =
                candidates.stream().filter(it -> it.jdk().isEmpty()).toList();
        for (Candidate candidate : candidates) {
            if (candidate.jdk().isPresent() && rivals.isEmpty()) {
                alone(outcome, candidate, yardstick);
            }
            for (Candidate rival : rivals) {
                candidate.jdk().ifPresent(jdk -> compared(outcome, candidate, jdk, rival, yardstick));
            }
        }
    }

    private void alone(Contest.Outcome outcome, Candidate candidate, Yardstick yardstick) {
        Race.Result own = result(outcome, candidate);
        table.row(List.of(
                outcome.contest().title(),
                candidate.jdk().map(jdk -> String.valueOf(jdk.feature())).orElse(NONE),
                yardstick.shown(own.millis()),
                NONE,
                NONE,
                NONE,
                NONE,
                mib(own.peakKib()),
                NONE,
                NONE));
    }

    private void compared(Contest.Outcome outcome, Candidate candidate, Jdk jdk, Candidate rival, Yardstick yardstick) {
        Race.Result own = result(outcome, candidate);
        Race.Result other = result(outcome, rival);
        double ratio = yardstick.ratio(own.millis(), other.millis());
        Contest.Goal goal = outcome.contest().goals().get(rival.tool());
        table.row(List.of(
                outcome.contest().title(),
                String.valueOf(jdk.feature()),
                yardstick.shown(own.millis()),
                rival.tool().shown(),
                yardstick.shown(other.millis()),
                yardstick.shown(ratio),
                goal == null ? NONE : yardstick.goal(goal.on(jdk), ratio),
                mib(own.peakKib()),
                mib(other.peakKib()),
                memoryRatio(own.peakKib(), other.peakKib())));
    }

    private static Race.Result result(Contest.Outcome outcome, Candidate candidate) {
        Race.Result result = outcome.results().get(candidate);
        if (result == null) {
            throw new IllegalStateException(candidate.name() + " did not run");
        }
        return result;
    }

    static String mib(OptionalLong kib) {
        return kib.isPresent() ? "%.0f".formatted(kib.getAsLong() / 1024.0) : "not measured";
    }

    private static String memoryRatio(OptionalLong own, OptionalLong other) {
        return own.isPresent() && other.isPresent()
                ? "%.2f".formatted((double) own.getAsLong() / other.getAsLong())
                : NONE;
    }

    Table table() {
        return table;
    }
}
