package dev.dynacog.cli;

import dev.dynacog.cli.terminal.Text;
import java.util.List;

/** For the one command that is of use without writing too, and leaves the choice to its user: {@code db connect}. */
public final class WriteOffer {
    private final Guard guard;
    private final Write.Subject subject;
    private final List<String> confirmed;

    WriteOffer(Guard guard, Write.Subject subject, List<String> confirmed) {
        this.guard = guard;
        this.subject = subject;
        this.confirmed = confirmed;
    }

    /** Refuses what can't be confirmed any more. */
    public void requireConfirmable() {
        guard.requireConfirmable(subject, confirmed);
    }

    /** Has it confirmed, because it will write or can't be held from it. */
    public void confirm(Text plan) {
        guard.confirm(subject, confirmed, () -> List.of(plan));
    }

    /** Lets a person choose; whether writes were allowed. */
    public boolean isTaken() {
        return guard.offer(subject, confirmed);
    }
}
