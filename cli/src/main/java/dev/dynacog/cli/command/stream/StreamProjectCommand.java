package dev.dynacog.cli.command.stream;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.stream.CheckpointFile;
import dev.dynacog.dynamo.stream.TableStream;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LastMessageProjector;
import dev.dynacog.messages.StreamProjection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Keep conversation lists up to date with new messages.",
        description = {
            "Follows the message table's stream and moves a group to the top of its members' lists"
                    + " when it gets a message, for apps that do not do so themselves. Runs until Ctrl-C, and"
                    + " resumes from its checkpoint when started again.",
            "If the checkpoint is no longer usable, reports it and checks every group."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog stream project",
            "  dynacog stream project --once           catch up and end",
            "  dynacog --env prod stream project --dry-run",
            "  dynacog --env prod stream project --confirm cruddur-messages"
        })
public final class StreamProjectCommand implements Callable<Integer>, Write<StreamProjectCommand.Follow> {
    private final Session session;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Checkpoint file. Default: one per table in the state folder.")
    @Nullable
    Path file;

    @Option(names = "--rebuild", description = "Check every group before following the stream.")
    boolean rebuild;

    @Option(names = "--once", description = "Stop at the end of the stream.")
    boolean once;

    @Mixin
    GuardOptions guard;

    private long changes;
    private long messages;
    private long nameless;
    private long moved;
    private long lasting;

    public StreamProjectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.write(guard, this);
    }

    /** Where it would begin, and where it remembers how far it is. */
    record Follow(StreamProjection projection, CheckpointFile checkpoint) {}

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.table(table()));
    }

    private String table() {
        return session.environment().messageTable().value();
    }

    @Override
    public int plan(Planned<Follow> planned) {
        TableStream stream = TableStream.of(session.clients(), table());
        CheckpointFile checkpoint = checkpoint(stream);
        return planned.go(new Follow(new StreamProjection(session.clients(), stream, checkpoint, rebuild), checkpoint));
    }

    @Override
    public List<Text> shown(Follow follow) {
        return List.of(
                Text.of("stream project rewrites group rows of the table ")
                        .plus(table(), Tone.KEY)
                        .plus(" whenever a message comes, until it is ended."),
                begin(follow.projection().start(), follow.checkpoint()));
    }

    @Override
    public int dryRun(Follow follow) {
        shown(follow).forEach(session.console()::tell);
        session.console().tell(Text.of("Nothing was written (--dry-run)."));
        return ExitCode.DONE;
    }

    @Override
    public int apply(Follow follow) {
        StreamProjection projection = follow.projection();
        session.console().tell(begin(projection.start(), follow.checkpoint()));
        if (projection.start().rebuilds()) {
            rebuild(projection);
        }
        run(projection, table());
        session.console()
                .note(Quantities.of(changes, "change", "changes") + ", "
                        + Quantities.of(messages, "message", "messages") + ", "
                        + Quantities.of(moved, "group", "groups") + " moved"
                        + (nameless == 0 ? "" : ", " + nameless + " with a key that names no group") + " · checkpoint "
                        + follow.checkpoint().path());
        requireAll(projection);
        return ExitCode.DONE;
    }

    /** What is not up to date at the end of {@code --once} is said, and makes the run a failure. */
    private void requireAll(StreamProjection projection) {
        List<String> left = new ArrayList<>();
        if (projection.owed() > 0) {
            left.add(Quantities.of(projection.owed(), "group", "groups")
                    + " failed and will be tried first by the next run");
        }
        if (lasting > 0) {
            left.add(Quantities.of(lasting, "group", "groups") + " can't be projected as the table is");
        }
        if (!left.isEmpty()) {
            throw new DynacogException.Incomplete(
                    String.join(", ", left), "see the messages above; everything else was projected", null);
        }
    }

    private CheckpointFile checkpoint(TableStream stream) {
        return file == null
                ? CheckpointFile.ofTable(
                        session.folders().make(session.folders().state().resolve("streams")), stream.arn())
                : new CheckpointFile(file);
    }

    private Text begin(StreamProjection.Start start, CheckpointFile checkpoint) {
        Text every = start.rebuilds() ? Text.of(" Every group is checked first.") : Text.EMPTY;
        if (start instanceof StreamProjection.Resumed resumed) {
            return Text.of("Goes on where it was ")
                    .plus(session.times().age(resumed.seenUntil()), Tone.KEY)
                    .plus(": " + checkpoint.path() + ".", Tone.SECONDARY)
                    .plus(every);
        }
        if (start instanceof StreamProjection.Useless useless) {
            return Text.of("The checkpoint is not usable: ", Tone.ATTENTION)
                    .plus(useless.why())
                    .plus(": " + checkpoint.path() + ".", Tone.SECONDARY)
                    .plus(every);
        }
        return Text.of("Starts with the oldest change in the stream; no checkpoint yet: ")
                .plus(checkpoint.path() + ".", Tone.SECONDARY)
                .plus(rebuild ? every : Text.of(" Run once with --rebuild for older messages."));
    }

    private void rebuild(StreamProjection projection) {
        try (Progress progress = session.console().progress("rebuild", OptionalLong.empty())) {
            StreamProjection.Rebuilt rebuilt = projection.rebuild(projected -> {
                progress.advance(1);
                tell(projected);
            });
            moved += rebuilt.moved();
            session.console()
                    .tell(Text.of("Looked at " + Quantities.of(rebuilt.groups(), "group", "groups") + ": "
                            + Quantities.count(rebuilt.moved()) + " moved"
                            + (rebuilt.failed() == 0 ? "" : ", " + Quantities.count(rebuilt.failed()) + " failed")
                            + "."));
        }
    }

    private void run(StreamProjection projection, String table) {
        StreamView view = new StreamView(session.zone(), session.console().width());
        boolean page = session.output().isPage();
        try (Renderer renderer = session.output().many(View.fromRecords())) {
            while (!(once && projection.isCaughtUp())) {
                StreamProjection.Step step = projection.next();
                if (step instanceof StreamProjection.Batch batch) {
                    count(batch);
                    tell(batch.projected());
                    if (batch.projected().messages() > 0) {
                        if (page) {
                            view.lines(Instant.now(), batch.projected()).forEach(session.console()::print);
                            session.console().out().flush();
                        } else {
                            renderer.row(StreamView.record(Instant.now(), batch.changes(), batch.projected()));
                            renderer.endOfPage();
                        }
                    }
                } else if (step instanceof StreamProjection.Retried retried) {
                    moved += retried.projected().moved();
                    tell(retried.projected());
                } else if (step instanceof StreamProjection.Behind behind) {
                    session.console()
                            .tell(Text.of("Changes are missing: ", Tone.ATTENTION)
                                    .plus(behind.why() + ". Every group is checked."));
                    rebuild(projection);
                } else if (step instanceof StreamProjection.Over) {
                    over(table);
                    return;
                }
            }
        }
        projection.save();
    }

    private void count(StreamProjection.Batch batch) {
        changes += batch.changes();
        messages += batch.projected().messages();
        nameless += batch.projected().nameless();
        moved += batch.projected().moved();
    }

    /** Each group that failed, by its name: nobody else would ever learn of it. */
    private void tell(LastMessageProjector.Projected projected) {
        for (LastMessageProjector.Failure failure : projected.failures()) {
            boolean forGood = failure.hope() == LastMessageProjector.Hope.NONE;
            lasting += forGood ? 1 : 0;
            session.console()
                    .tell(Text.of("group ")
                            .plus(failure.group(), Tone.KEY)
                            .plus(
                                    forGood ? " can't be projected: " : " failed and will be tried again: ",
                                    Tone.ATTENTION)
                            .plus(failure.reason()));
        }
    }

    private void over(String table) {
        if (!once) {
            throw new DynacogException.Failed(
                    "the stream of table " + table + " was switched off; all that it told is projected",
                    "enable a new one: dynacog schema-load --stream NEW_IMAGE --apply");
        }
        session.console().note("end of stream: the stream was turned off");
    }
}
