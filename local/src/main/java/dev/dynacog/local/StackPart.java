package dev.dynacog.local;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One server of the stack. Another is added in {@link StackMain}, and nowhere else. */
interface StackPart {
    /** Starts it, and returns when it answers. */
    Running start();

    /**
     * A part that runs.
     *
     * @param state what the tool has to know, by the names of the state file
     * @param note what the user should know
     * @param ended completes when the server has ended by itself; never, for one that lives in this JVM
     */
    record Running(
            AutoCloseable server, Map<String, String> state, Optional<String> note, CompletableFuture<?> ended) {}
}
