package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The distribution, unpacked in a folder of the run: what users have, and not the class folders of a checkout. */
final class Installation {
    private static final String IN_USE = "start-up archive in use";

    private static final Pattern DYNAMODB_LOCAL = Pattern.compile("DynamoDBLocal-(.*)\\.jar");

    private final Path launcher;
    private final Path home;
    private final Processes processes;

    private Installation(Path launcher, Path home, Processes processes) {
        this.launcher = launcher;
        this.home = home;
        this.processes = processes;
    }

    static Installation unpack(Path archive, Path folder, Processes processes) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        processes.outputOf(
                List.of("tar", "xzf", archive.toString(), "-C", folder.toString()), Map.of("PATH", "/usr/bin:/bin"));
        String name = archive.getFileName().toString().replace(".tar.gz", "");
        return new Installation(folder.resolve(name).resolve("bin/dynacog"), home, processes);
    }

    /**
     * Nothing of the caller's: no credentials, no configuration, no stack of theirs.
     *
     * @param more where the services are
     */
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HOME", home.toString(),
                "LANG", "C.UTF-8",
                "AWS_ACCESS_KEY_ID", "bench",
                "AWS_SECRET_ACCESS_KEY", "bench",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_PAGER", ""));
        environment.putAll(more);
        return environment;
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Candidate candidate(Jdk jdk, Map<String, String> variables, Essence essence, String... arguments) {
        Map<String, String> environment = environment(variables);
        environment.put("DYNACOG_JAVA", jdk.home().toString());
        return new Candidate(
                Tool.DYNACOG, Optional.of(jdk), command(arguments), environment, Candidate.Preparation.NONE, essence);
    }

    /** Version of the build, and a digest of its jar. */
    Path build() {
        return launcher.resolveSibling("../lib/build");
    }

    String dynamodbLocal() throws IOException {
        try (Stream<Path> files = Files.walk(launcher.resolveSibling("../lib"))) {
            return files.map(file -> DYNAMODB_LOCAL.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse("of unknown version");
        }
    }

    /** What dynacog prints. */
    String run(Jdk jdk, Map<String, String> variables, String... arguments) throws IOException {
        return processes.outputOf(
                command(arguments), candidate(jdk, variables, Essence.NONE).environment());
    }

    /** Waits for the class archive, without which start-up would be another. */
    void archiveFor(Jdk jdk) throws IOException {
        run(jdk, Map.of("DYNACOG_ARCHIVE", "wait"), "--version");
        Path said = Files.createTempFile(home, "doctor", "");
        // There is no stack yet, so that other findings than this one may be bad, and the exit code with them.
        Processes.Started doctor = processes.start(
                command("doctor", "-o", "jsonl"),
                candidate(jdk, Map.of(), Essence.NONE).environment(),
                ProcessBuilder.Redirect.to(said.toFile()));
        Processes.await(doctor.process());
        if (!Files.readString(said).contains(IN_USE)) {
            throw new BenchException(
                    "dynacog has no start-up archive on Java " + jdk.version(), "lib/launcher/train-archive makes it");
        }
    }
}
