package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** How much was written when a run is interrupted; another thread asks. */
final class WrittenSoFar {
    private final AtomicLong count = new AtomicLong();
    private final String singular;
    private final String plural;

    WrittenSoFar(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    LongConsumer countedIn(Progress progress) {
        return more -> {
            count.addAndGet(more);
            progress.advance(more);
        };
    }

    /** As the end of "interrupted; ...". */
    String text() {
        return Quantities.of(count.get(), singular, plural) + " written; run it again to go on";
    }
}
