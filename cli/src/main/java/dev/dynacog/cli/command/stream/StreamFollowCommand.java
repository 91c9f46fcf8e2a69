package dev.dynacog.cli.command.stream;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.stream.Change;
import dev.dynacog.dynamo.stream.StreamReader;
import dev.dynacog.dynamo.stream.TableStream;
import dev.dynacog.error.DynacogException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show changes to a table as they happen, until Ctrl-C.",
        description = "Changes to an item appear in order; a stream keeps them for 24 hours.",
        footer = {
            "",
            "Examples:",
            "  dynacog stream follow",
            "  dynacog stream follow --from oldest --once -o jsonl",
            "  dynacog stream follow -o jsonl --query new.message",
            "  dynacog stream follow --limit 1 -o json    wait for the next change"
        })
public final class StreamFollowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "Table name. Default: the message table.")
    @Nullable
    String table;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "now",
            description = "Where to start: now (default) for new changes, oldest for the oldest change still in the"
                    + " stream.")
    String from = "now";

    @Option(names = "--limit", paramLabel = "N", description = "Stop after this many changes.")
    @Nullable
    Long limit;

    @Option(names = "--once", description = "Stop at the end of the stream instead of waiting for changes.")
    boolean once;

    public StreamFollowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit != null && limit <= 0) {
            throw new DynacogException.Usage("--limit must be above 0", "dynacog stream follow --help");
        }
        TableStream.From begin = begin();
        TableStream stream = TableStream.of(
                session.clients(),
                table == null ? session.environment().messageTable().value() : table);
        StreamReader reader = stream.read(begin, StreamReader.Pace.POLITE);
        session.console()
                .note("stream of " + stream.table()
                        + (begin == TableStream.From.NOW ? " from now on" : " from its oldest change on")
                        + (once ? "" : ", until Ctrl-C")
                        + (stream.showsItems() ? "" : "; it tells keys only") + " · "
                        + PlaceLabel.dynamodb(session.environment()));
        follow(reader);
        return ExitCode.DONE;
    }

    private TableStream.From begin() {
        return switch (from.toLowerCase(Locale.ROOT)) {
            case "now" -> TableStream.From.NOW;
            case "oldest" -> TableStream.From.OLDEST;
            default ->
                throw new DynacogException.Usage(
                        "--from '" + from + "' is none of now, oldest", "dynacog stream follow --help");
        };
    }

    private void follow(StreamReader reader) {
        long left = limit == null ? Long.MAX_VALUE : limit;
        try (Shown shown = session.output().isPage() ? lines() : records()) {
            while (left > 0 && !(once && reader.isCaughtUp())) {
                StreamReader.Read read = reader.next();
                if (read instanceof StreamReader.Over) {
                    session.console().note("end of stream: the stream was turned off");
                    return;
                }
                if (read instanceof StreamReader.Lost lost) {
                    session.console().tell(Text.of("changes are missing: " + lost.why(), Tone.ATTENTION));
                } else if (read instanceof StreamReader.Changes changes) {
                    List<Change> wanted = changes.changes()
                            .subList(0, (int) Math.min(left, changes.changes().size()));
                    shown.show(wanted);
                    left -= wanted.size();
                }
            }
        }
    }

    /** Where changes go. A batch is seen at once. */
    private interface Shown extends AutoCloseable {
        void show(List<Change> changes);

        @Override
        default void close() {}
    }

    private Shown lines() {
        StreamView view = new StreamView(session.zone(), session.console().width());
        return changes -> {
            changes.forEach(change -> view.lines(change).forEach(session.console()::print));
            session.console().out().flush();
        };
    }

    private Shown records() {
        Renderer renderer = session.output().many(View.fromRecords());
        return new Shown() {
            @Override
            public void show(List<Change> changes) {
                changes.forEach(change -> renderer.row(StreamView.record(change)));
                renderer.endOfPage();
            }

            @Override
            public void close() {
                renderer.close();
            }
        };
    }
}
