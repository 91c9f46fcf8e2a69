package dev.dynacog.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Servers that start together and stop together. */
final class Stack implements AutoCloseable {
    /** One thread a part: each spends its start waiting. */
    private static final Executor THREADS = task -> new Thread(task, "stack-part").start();

    private final List<CompletableFuture<StackPart.Running>> starts = Collections.synchronizedList(new ArrayList<>());

    /** Starts all parts at once, and returns when the last one answers. */
    List<StackPart.Running> start(List<StackPart> parts) {
        synchronized (starts) {
            parts.forEach(part -> starts.add(CompletableFuture.supplyAsync(part::start, THREADS)));
        }
        try {
            return List.copyOf(starts).stream().map(CompletableFuture::join).toList();
        } catch (CompletionException problem) {
            throw StackException.of(problem.getCause() == null ? problem : problem.getCause());
        }
    }

    /** Stops all parts at once. One that is still starting is waited for, and then stopped. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> ends = List.copyOf(starts).stream()
                .map(start -> start.thenAcceptAsync(Stack::stop, THREADS).exceptionally(neverRan -> null))
                .toList();
        ends.forEach(CompletableFuture::join);
    }

    private static void stop(StackPart.Running part) {
        try {
            part.server().close();
        } catch (Exception problem) {
            throw new CompletionException(problem);
        }
    }
}
