package dev.dynacog.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is done at the end, last in first out, be it that the run is over or that it is ended by a signal. */
final class AtTheEnd implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    static AtTheEnd alsoOfTheProcess() {
        AtTheEnd end = new AtTheEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::close, "the-end"));
        return end;
    }

    synchronized void then(Runnable step) {
        steps.push(step);
    }

    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }
}
