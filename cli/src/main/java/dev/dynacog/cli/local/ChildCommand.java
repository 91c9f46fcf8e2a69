package dev.dynacog.cli.local;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The command that {@code local run} runs: it has our streams, and variables that lead to the stack. */
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
            "LC_ALL");

    private final List<String> command;
    private final Map<String, String> variables;
    private @Nullable Process process;

    /**
     * A command that isn't started yet.
     *
     * @param original our own variables, among them what the launcher keeps of the user's locale
     */
    public ChildCommand(List<String> command, Map<String, String> original, Map<String, String> stack) {
        this.command = command;
        this.variables = new HashMap<>(original);
        UNSET.forEach(variables::remove);
        String locale = original.get("DYNACOG_LC_ALL");
        if (locale == null && original.containsKey("LC_ALL")) {
            variables.put("LC_ALL", original.get("LC_ALL"));
        } else if (locale != null && !locale.isEmpty()) {
            variables.put("LC_ALL", locale);
        }
        variables.putAll(stack);
    }

    /** Runs it to its end and passes on its exit code. */
    public int run() {
        try {
            return start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted", "", e);
        }
    }

    private synchronized Process start() {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            process = builder.start();
            return process;
        } catch (IOException e) {
            throw new DynacogException.NotFound("'" + command.get(0) + "' can't be run: " + e.getMessage(), "");
        }
    }

    /**
     * Ends it with all that it started, when we are being ended ourselves.
     *
     * @param graceMillis how long it may go on by itself: Ctrl-C in a terminal has reached it too
     */
    public synchronized void end(long graceMillis) {
        Process running = process;
        if (running == null || await(running, graceMillis)) {
            return;
        }
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
