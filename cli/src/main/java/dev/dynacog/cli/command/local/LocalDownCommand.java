package dev.dynacog.cli.command.local;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Stop the local stack.",
        footer = {"", "Examples:", "  dynacog local down", "  dynacog local down --wipe"})
public final class LocalDownCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 40;

    private final Session session;

    @Option(names = "--wipe", description = "Also delete the data.")
    boolean wipe;

    public LocalDownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<ProcessHandle> stack =
                RunningStack.read(session.folders().stackState()).flatMap(RunningStack::process);
        stack.ifPresent(this::end);
        stack.ifPresent(this::forget);
        if (wipe) {
            new LocalFiles(session.folders()).wipe();
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("status", "down");
        record.put("ended", stack.isPresent());
        record.put("wiped", wipe);
        String words = (stack.isPresent() ? "The local stack has stopped." : "No local stack was running.")
                + (wipe ? " Its data was deleted." : "");
        session.output().one(record, () -> List.of(Text.of(words)));
        return ExitCode.DONE;
    }

    /** Root's servers can't delete root's file. Another stack's, started meanwhile, stays. */
    private void forget(ProcessHandle ended) {
        Path file = session.folders().stackState();
        if (RunningStack.read(file).filter(left -> left.pid() == ended.pid()).isPresent()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // Its process is gone, so nobody believes it.
            }
        }
    }

    private void end(ProcessHandle stack) {
        stack.destroy();
        try (Progress progress = session.console().progress("local stack ends", OptionalLong.empty())) {
            progress.say("local stack ends");
            stack.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new DynacogException.Failed(
                    "the local stack (process " + stack.pid() + ") did not end within " + PATIENCE_SECONDS + " seconds",
                    "check dynacog local logs, or force it: kill " + stack.pid(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted while the stack was stopping", "", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
