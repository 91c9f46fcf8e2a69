package dev.dynacog.cli.command.local;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command of somebody else's: it has our streams, and variables that lead where it is to go. */
public final class ChildCommand {
    /** What would lead the command elsewhere, or take real credentials there. */
    private static final List<String> UNSET = List.of(
            "AWS_ENDPOINT_URL",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "DYNACOG_ENV",
            "DYNACOG_LC_ALL",
            "DYNACOG_PATH",
            "LC_ALL");

    private final List<String> command;
    private final Path file;
    private final Map<String, String> variables;
    private final Leftovers leftovers = new Leftovers();
    private @Nullable Process process;

    /**
     * A command that isn't started yet.
     *
     * @param original our own variables, among them what the launcher keeps of the user's locale and path
     * @throws DynacogException.NoCommand when it is none
     */
    public ChildCommand(List<String> command, Map<String, String> original) {
        this.command = command;
        this.variables = new HashMap<>(original);
        UNSET.forEach(variables::remove);
        String locale = original.get("DYNACOG_LC_ALL");
        if (locale == null && original.containsKey("LC_ALL")) {
            variables.put("LC_ALL", original.get("LC_ALL"));
        } else if (locale != null && !locale.isEmpty()) {
            variables.put("LC_ALL", locale);
        }
        @Nullable String path = original.get("DYNACOG_PATH");
        if (path != null) {
            variables.put("PATH", path);
        }
        leftovers.mark(variables);
        this.file = Executable.find(command.get(0), variables);
    }

    /** Runs it to its end, with these variables beside the caller's, and passes on its exit code. */
    public int run(Map<String, String> more) {
        variables.putAll(more);
        try {
            return start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted", "", e);
        }
    }

    private synchronized Process start() {
        List<String> found = new ArrayList<>(command);
        found.set(0, file.toString());
        ProcessBuilder builder = new ProcessBuilder(found).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            process = builder.start();
            return process;
        } catch (IOException e) {
            // The file is there and may be run; what it names to run it, or its format, isn't right.
            throw DynacogException.NoCommand.notExecutable(command.get(0) + ": " + e.getMessage());
        }
    }

    /**
     * Ends it, if it still runs, and all that it started.
     *
     * @param graceMillis how long it may go on by itself: Ctrl-C in a terminal has reached it too
     */
    public synchronized void end(long graceMillis) {
        Process running = process;
        if (running == null) {
            return;
        }
        if (!await(running, graceMillis)) {
            endTree(running);
        }
        leftovers.end();
    }

    private static void endTree(Process running) {
        List<ProcessHandle> all = running.descendants().toList();
        running.destroy();
        all.forEach(ProcessHandle::destroy);
        if (!await(running, 5_000)) {
            running.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean await(Process running, long millis) {
        try {
            return running.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !running.isAlive();
        }
    }
}
