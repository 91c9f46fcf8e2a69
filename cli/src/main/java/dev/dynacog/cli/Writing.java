package dev.dynacog.cli;

import dev.dynacog.cli.Write.Subject;
import dev.dynacog.cli.terminal.Text;
import java.util.List;

/** The one order of every write: refuse, plan, then dry run, or confirm and apply. */
final class Writing {
    private final Guard guard;

    Writing(Guard guard) {
        this.guard = guard;
    }

    <P> int run(GuardOptions options, Write<P> write) {
        if (!options.dryRun) {
            write.subjects().forEach(subject -> guard.requireConfirmable(subject, options.confirmed));
        }
        return write.plan(plan -> {
            if (options.dryRun) {
                return write.dryRun(plan);
            }
            confirm(options, write, plan);
            return write.apply(plan);
        });
    }

    /** The plan is shown once, with the first question. */
    private <P> void confirm(GuardOptions options, Write<P> write, P plan) {
        List<Subject> subjects = write.subjects(plan);
        if (subjects.isEmpty()) {
            throw new IllegalStateException("a write without a subject can't be confirmed");
        }
        for (int i = 0; i < subjects.size(); i++) {
            boolean first = i == 0;
            guard.confirm(subjects.get(i), options.confirmed, () -> first ? write.shown(plan) : List.<Text>of());
        }
    }
}
