package dev.dynacog.cli.command.conversation;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of what lies in time is shown. */
final class RangeOptions {
    private static final int USUAL = 20;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Start of the range: a date, a time, both, or an age such as 3d.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "End of the range (exclusive), in the same form.")
    @Nullable
    String until;

    @Option(names = "--limit", paramLabel = "N", description = "Number of most recent entries. Default: " + USUAL + ".")
    @Nullable
    Integer limit;

    @Option(names = "--all", description = "Show all entries.")
    boolean all;

    boolean isAll() {
        if (all && limit != null) {
            throw new DynacogException.Usage("--all and --limit cannot be combined", "use only one of them");
        }
        return all;
    }

    int limit() {
        int wanted = limit == null ? USUAL : limit;
        if (wanted <= 0) {
            throw new DynacogException.Usage("--limit must be above 0", "use --all to show everything");
        }
        return wanted;
    }

    TimeRange range(ZoneId zone, Instant now) {
        Optional<Instant> from = Optional.ofNullable(since).map(text -> TimeOption.parse("--since", text, zone, now));
        Optional<Instant> to = Optional.ofNullable(until).map(text -> TimeOption.parse("--until", text, zone, now));
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new DynacogException.Usage("--since is not before --until", "");
        }
        return new TimeRange(from, to);
    }
}
