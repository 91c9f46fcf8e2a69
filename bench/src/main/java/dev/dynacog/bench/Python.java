package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Python of the PATH, and what it has of what the rivals need. */
final class Python {
    private final Path scripts;
    private final Installation installation;
    private final Map<String, String> facts;

    private Python(Path scripts, Installation installation, Map<String, String> facts) {
        this.scripts = scripts;
        this.installation = installation;
        this.facts = facts;
    }

    /** Asks {@code python3}; with boto3 or not at all. */
    static Optional<Python> find(Path scripts, Installation installation, Processes processes) throws IOException {
        Optional<Path> onPath = OnPath.find("python3");
        if (onPath.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> facts = new HashMap<>();
        String said;
        try {
            // With the caller's environment this once: it is what decides which Python they have.
            said = processes.outputOf(
                    List.of(onPath.get().toString(), scripts.resolve("about.py").toString()), System.getenv());
        } catch (BenchException unusable) {
            // Some systems have a python3 that only says how to install one, others one from another age.
            return Optional.empty();
        }
        said.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return Optional.of(new Python(scripts, installation, facts));
    }

    Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    boolean hasBoto3() {
        return facts.containsKey("boto3");
    }

    Optional<String> postgresDriver() {
        return List.of("psycopg", "psycopg2", "psycopg2-binary").stream()
                .filter(facts::containsKey)
                .map(name -> name + " " + facts.get(name))
                .findFirst();
    }

    /** The interpreter itself: a shim before it, as pyenv has, would be charged to Python. */
    Candidate candidate(Tool tool, Map<String, String> variables, Essence essence, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                fact("executable").orElse("python3"), scripts.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = installation.environment(variables);
        // HOME is another, but what was installed for the user alone is to be found.
        fact("userbase").ifPresent(folder -> environment.put("PYTHONUSERBASE", folder));
        return new Candidate(tool, Optional.empty(), command, environment, Candidate.Preparation.NONE, essence);
    }
}
