package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.OwnFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the local stack says of itself in its state file. The stack writes the file (see dev.dynacog.local); this is the
 * only place that reads it.
 */
public record RunningStack(Path stateFile, long pid, Instant started, Properties properties) {

    /** The stack that is up, if one is: a file left by a stack that died, or by one whose pid is another's now, is none. */
    public static Optional<RunningStack> find(Folders folders) {
        return read(folders.stackState()).filter(RunningStack::isReady).filter(RunningStack::isAlive);
    }

    /** What the file says, whether or not its stack lives; a file that is no longer there, or unreadable, says nothing. */
    public static Optional<RunningStack> read(Path stateFile) {
        if (!Files.exists(stateFile)) {
            return Optional.empty();
        }
        try {
            return read(stateFile, OwnFiles.ofThisUser());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As the other one, for a file that somebody else's stack may have written. */
    public static Optional<RunningStack> read(Path stateFile, OwnFiles believed) {
        if (!Files.isRegularFile(stateFile)) {
            return Optional.empty();
        }
        // It says where passwords are sent, and which process 'local down' ends.
        believed.objection(stateFile).ifPresent(why -> {
            throw new DynacogException.Access(
                    "the local stack's state file " + stateFile + " cannot be trusted: " + why,
                    "remove it if it is not yours, or make it writable only by you: chmod go-w FILE",
                    null);
        });
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(stateFile)) {
            properties.load(reader);
            return Optional.of(new RunningStack(
                    stateFile,
                    Long.parseLong(properties.getProperty("pid", "0")),
                    Instant.parse(properties.getProperty("started", Instant.EPOCH.toString())),
                    properties));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public boolean isReady() {
        return "ready".equals(properties.getProperty("status"));
    }

    private boolean isAlive() {
        return process().isPresent();
    }

    /** The stack's process: the one with its pid that also started when it says. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        // Systems tell the start with different grain.
                        .map(at -> Duration.between(at, started).abs().compareTo(Duration.ofSeconds(2)) < 0)
                        .orElse(true));
    }

    public Optional<String> dynamodb() {
        return get("dynamodb.endpoint");
    }

    public Optional<String> postgres() {
        return get("postgres.url");
    }

    public Optional<String> cognito() {
        return get("cognito.endpoint");
    }

    public Optional<String> userPoolId() {
        return get("cognito.pool");
    }

    /** Where its data is kept; nothing when it is in memory. */
    public Optional<Path> dataFolder() {
        return get("data").map(Path::of);
    }

    /** How long a server took to answer. */
    public Optional<Duration> startTime(String server) {
        return get(server + ".millis").map(Long::parseLong).map(Duration::ofMillis);
    }

    /** What the stack has to say, such as a port that was taken. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (int i = 1; properties.getProperty("note." + i) != null; i++) {
            notes.add(properties.getProperty("note." + i));
        }
        return notes;
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(properties.getProperty(key)).filter(value -> !value.isEmpty());
    }
}
