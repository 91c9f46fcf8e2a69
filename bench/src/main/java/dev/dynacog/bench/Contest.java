package dev.dynacog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Candidates that do the same, and how dynacog ought to fare against each rival. */
record Contest(String title, List<Candidate> candidates, Map<Tool, Goal> goals) {
    /** What the ratio ought to be at least, or at most: from a Java with an AOT cache on, and before. */
    record Goal(double withAotCache, double before) {
        double on(Jdk jdk) {
            return jdk.hasAotCache() ? withAotCache : before;
        }
    }

    /** Puts a contest together: dynacog on every JDK, and the rivals that are installed. */
    static final class Builder {
        private final String title;
        private final List<Candidate> candidates = new ArrayList<>();
        private final Map<Tool, Goal> goals = new EnumMap<>(Tool.class);

        private Builder(String title) {
            this.title = title;
        }

        Builder dynacog(Grounds grounds, Map<String, String> variables, Essence essence, String... arguments) {
            grounds.jdks()
                    .forEach(jdk ->
                            candidates.add(grounds.installation().candidate(jdk, variables, essence, arguments)));
            return this;
        }

        Builder candidate(Candidate candidate) {
            candidates.add(candidate);
            return this;
        }

        Builder against(Optional<Candidate> rival) {
            rival.ifPresent(candidates::add);
            return this;
        }

        Builder against(Optional<Candidate> rival, Goal goal) {
            rival.ifPresent(candidate -> goals.put(candidate.tool(), goal));
            return against(rival);
        }

        /** For all of them alike. */
        Builder after(Candidate.Preparation preparation) {
            candidates.replaceAll(candidate -> candidate.after(preparation));
            return this;
        }

        Contest build() {
            return new Contest(title, List.copyOf(candidates), Map.copyOf(goals));
        }
    }

    static Builder of(String title) {
        return new Builder(title);
    }

    Outcome run(Race race, int rounds, Consumer<String> progress) throws IOException {
        progress.accept(title);
        return new Outcome(this, race.run(candidates, rounds));
    }

    /** What came of it. */
    record Outcome(Contest contest, Map<Candidate, Race.Result> results) {}
}
