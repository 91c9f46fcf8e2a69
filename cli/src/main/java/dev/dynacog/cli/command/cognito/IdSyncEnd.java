package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.idsync.Audit;
import dev.dynacog.idsync.IdSync;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Ctrl-C and SIGTERM: stops the sync on the server, and says what became of the rows before the process is gone. */
final class IdSyncEnd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread hook;
    private volatile boolean ending;

    private IdSyncEnd(Console console, IdSync sync, Optional<Audit> audit) {
        this.hook = new Thread(
                () -> {
                    ending = true;
                    String rows = sync.end(PATIENCE, audit);
                    console.stop();
                    console.tell(Text.of("error", Tone.DANGER).plus("  interrupted; " + rows));
                },
                "end of the sync");
    }

    static IdSyncEnd of(Console console, IdSync sync, Optional<Audit> audit) {
        IdSyncEnd end = new IdSyncEnd(console, sync, audit);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Does the work. When it was ended in the midst of it, there is nothing to go on with: the hook has the last word. */
    <T> T unlessEnding(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            awaitEnd();
            throw e;
        }
    }

    private void awaitEnd() {
        while (ending) {
            LockSupport.park();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException beingEnded) {
            ending = true;
            awaitEnd();
        }
    }
}
