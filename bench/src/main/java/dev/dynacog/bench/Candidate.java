package dev.dynacog.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program and what it is asked to do.
 *
 * @param jdk what it runs on, of dynacog alone
 * @param environment all of it: nothing is inherited
 * @param before what has to be done before each run, untimed
 */
record Candidate(
        Tool tool,
        Optional<Jdk> jdk,
        List<String> command,
        Map<String, String> environment,
        Preparation before,
        Essence essence) {

    /** Brings things to where they were. */
    interface Preparation {
        Preparation NONE = () -> {};

        void prepare() throws IOException;
    }

    Candidate after(Preparation preparation) {
        return new Candidate(tool, jdk, command, environment, preparation, essence);
    }

    Candidate judgedBy(Essence other) {
        return new Candidate(tool, jdk, command, environment, before, other);
    }

    String name() {
        return tool.shown() + jdk.map(it -> " on Java " + it.feature()).orElse("");
    }
}
