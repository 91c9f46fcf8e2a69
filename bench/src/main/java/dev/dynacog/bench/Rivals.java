package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who of the rivals is installed here. Those who are not are missing in the results, which say so. */
final class Rivals {
    private final Installation installation;
    private final Optional<Python> python;
    private final Optional<Path> aws;
    private final Optional<Path> dynein;

    private Rivals(Installation installation, Optional<Python> python, Optional<Path> aws, Optional<Path> dynein) {
        this.installation = installation;
        this.python = python;
        this.aws = aws;
        this.dynein = dynein;
    }

    static Rivals find(Path scripts, Installation installation, Processes processes) throws IOException {
        Optional<Python> python = Python.find(scripts, installation, processes);
        // A shim before the real one would be charged to it, so the one beside Python's interpreter comes first.
        Optional<Path> aws = python.flatMap(it -> it.fact("prefix"))
                .map(prefix -> Path.of(prefix, "bin", "aws"))
                .filter(Files::isExecutable)
                .or(() -> OnPath.find("aws"));
        return new Rivals(
                installation, python, OnPath.find("aws").isPresent() ? aws : Optional.empty(), OnPath.find("dy"));
    }

    Optional<Python> python() {
        return python;
    }

    /** A script that needs boto3. */
    Optional<Candidate> boto3(Map<String, String> variables, Essence essence, String script, String... arguments) {
        return python.filter(Python::hasBoto3)
                .map(it -> it.candidate(Tool.BOTO3, variables, essence, script, arguments));
    }

    /** A script that needs boto3 and a driver for Postgres. */
    Optional<Candidate> psycopg(Map<String, String> variables, Essence essence, String script, String... arguments) {
        return python.filter(it -> it.hasBoto3() && it.postgresDriver().isPresent())
                .map(it -> it.candidate(Tool.PYTHON, variables, essence, script, arguments));
    }

    Optional<Candidate> aws(Map<String, String> variables, Essence essence, String... arguments) {
        return aws.map(program -> program(Tool.AWS_CLI, program, variables, essence, arguments));
    }

    Optional<Candidate> dynein(Map<String, String> variables, Essence essence, String... arguments) {
        return dynein.map(program -> program(Tool.DYNEIN, program, variables, essence, arguments));
    }

    private Candidate program(
            Tool tool, Path program, Map<String, String> variables, Essence essence, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new Candidate(
                tool,
                Optional.empty(),
                command,
                installation.environment(variables),
                Candidate.Preparation.NONE,
                essence);
    }

    /** What the results say under "What was missing". */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (python.isEmpty()) {
            missing.add("Python: no comparison with boto3");
        } else if (!python.get().hasBoto3()) {
            missing.add("boto3: no comparison with it");
        } else if (python.get().postgresDriver().isEmpty()) {
            missing.add("psycopg: no comparison of the id sync and its dry run");
        }
        if (aws.isEmpty()) {
            missing.add("the AWS CLI: no comparison with it");
        }
        if (dynein.isEmpty()) {
            missing.add("dynein (`dy`): no comparison with it");
        }
        return missing;
    }

    List<String> versions(Processes processes) throws IOException {
        List<String> versions = new ArrayList<>();
        if (aws.isPresent()) {
            String said =
                    processes.outputOf(List.of(aws.get().toString(), "--version"), installation.environment(Map.of()));
            versions.add("AWS CLI " + said.strip().split(" ", -1)[0].replace("aws-cli/", ""));
        }
        if (python.isPresent()) {
            Python found = python.get();
            versions.add("Python " + found.fact("python").orElse("?"));
            found.fact("boto3").ifPresent(version -> versions.add("boto3 " + version));
            found.fact("botocore").ifPresent(version -> versions.add("botocore " + version));
            found.postgresDriver().ifPresent(versions::add);
        }
        if (dynein.isPresent()) {
            versions.add(processes
                    .outputOf(List.of(dynein.get().toString(), "--version"), installation.environment(Map.of()))
                    .strip());
        }
        return versions;
    }
}
