package dev.dynacog.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Servers that start together and stop together. */
final class Stack implements AutoCloseable {
    /** One thread a part: each spends its start waiting. */
    private static final Executor THREADS = task -> new Thread(task, "stack-part").start();

    private final List<CompletableFuture<StackPart.Running>> starts = new ArrayList<>();
    private boolean closed;

    /** Starts all parts at once, and returns when the last one answers. */
    List<StackPart.Running> start(List<StackPart> parts) {
        try {
            return begin(parts).stream().map(CompletableFuture::join).toList();
        } catch (CompletionException problem) {
            throw StackException.of(problem.getCause() == null ? problem : problem.getCause());
        }
    }

    /** Stops all parts at once. One that is still starting is waited for, and then stopped. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> ends = refuseMore().stream()
                .map(start -> start.thenAcceptAsync(Stack::stop, THREADS).exceptionally(neverRan -> null))
                .toList();
        ends.forEach(CompletableFuture::join);
    }

    private synchronized List<CompletableFuture<StackPart.Running>> begin(List<StackPart> parts) {
        if (closed) {
            throw StackException.failed("the stack was stopped before it had started", "start it again");
        }
        parts.forEach(part -> starts.add(CompletableFuture.supplyAsync(part::start, THREADS)));
        return List.copyOf(starts);
    }

    private synchronized List<CompletableFuture<StackPart.Running>> refuseMore() {
        closed = true;
        return List.copyOf(starts);
    }

    private static void stop(StackPart.Running part) {
        try {
            part.server().close();
        } catch (Exception problem) {
            throw new CompletionException(problem);
        }
    }
}
