package dev.dynacog.cli.command.local;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Run a command against a temporary stack and return its exit code.",
        description = {
            "The stack runs in memory on free ports. The command's environment points to it, and"
                    + " variables that point elsewhere are removed. Nothing is left behind."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog local run -- npm test",
            "  dynacog local run -- sh -c 'dynacog schema-load && ./integration-tests'"
        })
public final class LocalRunCommand implements Callable<Integer> {
    private static final long GRACE_AT_A_TERMINAL_MILLIS = 3_000;

    private final Session session;

    @Parameters(paramLabel = "-- CMD", arity = "1..*", description = "Command to run, with its arguments.")
    List<String> command = List.of();

    public LocalRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ChildCommand child = new ChildCommand(command, session.variables());
        Path folder = Files.createTempDirectory("dynacog-run-");
        StackProcess stack = StackProcess.start(
                session.home(), session.folders(), folder, StackOptions.passing(), StackProcess.Tie.BOUND);
        // Whatever ends us, the command and the stack end too, and the folder goes.
        Cleanup cleanup = new Cleanup(stack, folder);
        Runtime.getRuntime().addShutdownHook(cleanup.asHook());
        try {
            RunningStack ready = awaitReady(stack);
            cleanup.cover(child, session.terminal().ttys().in() ? GRACE_AT_A_TERMINAL_MILLIS : 0);
            session.console().out().flush();
            return child.run(StackView.variables(ready));
        } finally {
            cleanup.run();
        }
    }

    private RunningStack awaitReady(StackProcess stack) {
        try (Progress progress = session.console().progress("local stack starts", OptionalLong.empty())) {
            return stack.awaitReady(progress::say);
        }
    }

    /** Runs once, be it at the end or when the process is ended. */
    private static final class Cleanup implements Runnable {
        private final StackProcess stack;
        private final Path folder;
        private final Thread hook = new Thread(this::clean, "local-run-end");
        private Runnable endChild = () -> {};
        private boolean done;

        Cleanup(StackProcess stack, Path folder) {
            this.stack = stack;
            this.folder = folder;
        }

        Thread asHook() {
            return hook;
        }

        synchronized void cover(ChildCommand child, long graceMillis) {
            endChild = () -> child.end(graceMillis);
        }

        @Override
        public void run() {
            clean();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ignored) {
                // The process is being ended.
            }
        }

        private synchronized void clean() {
            if (done) {
                return;
            }
            done = true;
            endChild.run();
            stack.end();
            try {
                LocalFiles.delete(folder);
            } catch (DynacogException ignored) {
                // A temporary folder with a log in it; the system clears it away.
            }
        }
    }
}
