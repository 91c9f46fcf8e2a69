package dev.dynacog.messages;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.item.ItemJson;
import dev.dynacog.dynamo.item.ItemScan;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.ScanRequest;
import dev.dynacog.dynamo.stream.Change;
import dev.dynacog.dynamo.stream.Checkpoint;
import dev.dynacog.dynamo.stream.CheckpointFile;
import dev.dynacog.dynamo.stream.StreamPosition;
import dev.dynacog.dynamo.stream.StreamReader;
import dev.dynacog.dynamo.stream.TableStream;
import dev.dynacog.messages.LastMessageProjector.Failure;
import dev.dynacog.messages.LastMessageProjector.Hope;
import dev.dynacog.messages.LastMessageProjector.Projected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Projects a table's stream, and remembers in a file how far it is. A batch is projected first and remembered then: a run
 * that is killed between the two projects it again, which changes nothing. A group that fails keeps nobody waiting: what
 * can never succeed is told and left as it is, what may succeed is owed, in the file too.
 */
public final class StreamProjection {
    /** A quiet stream is remembered so often, so that a later run knows that nothing was missed. */
    private static final Duration SAVED_AT_LEAST_EVERY = Duration.ofMinutes(1);

    /** How it begins. */
    public sealed interface Start {
        boolean rebuilds();
    }

    /** Nobody projected this stream before, or nobody remembers: with the oldest change that the stream has. */
    public record Fresh(boolean rebuilds) implements Start {}

    /** Where the last run was, which had seen everything until then. */
    public record Resumed(Instant seenUntil, boolean rebuilds) implements Start {}

    /** What was remembered is of no use: every group is looked at, and then what the stream has. */
    public record Useless(String why) implements Start {
        @Override
        public boolean rebuilds() {
            return true;
        }
    }

    /** What came next. */
    public sealed interface Step {}

    /** Changes were projected, and remembered. */
    public record Batch(int changes, Projected projected) implements Step {}

    /** Groups that had failed were tried again. */
    public record Retried(Projected projected) implements Step {}

    /** Nothing happened for a moment. */
    public record Idle() implements Step {}

    /** Changes got lost before they were read. {@link #rebuild} makes up for them, and has to come next. */
    public record Behind(String why) implements Step {}

    /** The stream was switched off and all of it is projected. */
    public record Over() implements Step {}

    /** What a look at every group came to. */
    public record Rebuilt(long groups, long moved, long failed) {}

    /** Told of every group that was looked at. */
    public interface Watcher {
        void saw(Projected group);
    }

    private final AwsClients clients;
    private final CheckpointFile checkpoint;
    private final LastMessageProjector projector;
    private final String table;
    private final Start start;
    private final StreamReader reader;
    private final OwedGroups owed;
    private boolean mustRebuild;
    private Instant savedAt = Instant.EPOCH;

    /** Reads the checkpoint, and decides with it where to begin; nothing is written yet. */
    public StreamProjection(AwsClients clients, TableStream stream, CheckpointFile checkpoint, boolean rebuild) {
        this(clients, stream, checkpoint, rebuild, StreamReader.Pace.POLITE);
    }

    StreamProjection(
            AwsClients clients,
            TableStream stream,
            CheckpointFile checkpoint,
            boolean rebuild,
            StreamReader.Pace pace) {
        this.clients = clients;
        this.checkpoint = checkpoint;
        this.table = stream.table();
        this.projector = new LastMessageProjector(new GroupRows(new Items(clients, table)));
        Optional<Checkpoint> remembered = checkpoint.read();
        Optional<StreamPosition> saved = remembered.map(Checkpoint::position);
        this.start = start(stream, saved, rebuild);
        this.owed = new OwedGroups(
                pace.idle(), start instanceof Resumed ? remembered.orElseThrow().owed() : List.of());
        this.mustRebuild = start.rebuilds();
        this.reader = start instanceof Resumed
                ? stream.resume(saved.orElseThrow(), pace)
                : stream.read(TableStream.From.OLDEST, pace);
    }

    private static Start start(TableStream stream, Optional<StreamPosition> saved, boolean rebuild) {
        if (saved.isEmpty()) {
            return new Fresh(rebuild);
        }
        if (!saved.get().stream().equals(stream.arn())) {
            return new Useless("it belongs to another stream, " + saved.get().stream());
        }
        if (saved.get().isPastRetention(Instant.now())) {
            return new Useless("it is older than the " + StreamPosition.RETENTION.toHours()
                    + " hours that the stream keeps its changes for");
        }
        return new Resumed(saved.get().seenUntil(), rebuild);
    }

    public Start start() {
        return start;
    }

    /** Whether every shard had nothing more to give when it was last asked, and nothing is left to try but in vain. */
    public boolean isCaughtUp() {
        return reader.isCaughtUp() && owed.areTired();
    }

    /** How many groups are to be tried again. The next run begins with them. */
    public int owed() {
        return owed.all().size();
    }

    /** Looks at every group that has rows, whatever the stream tells. */
    public Rebuilt rebuild(Watcher watcher) {
        ScanRequest request = new ScanRequest(
                table,
                Optional.of(MessageTable.INDEX),
                new ScanRequest.Selection(
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.of(MessageTable.GROUP),
                        false,
                        ItemJson.Form.PLAIN),
                1,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        long groups = 0;
        long moved = 0;
        long failed = 0;
        String last = "";
        try (ItemScan scan = new ItemScan(clients, request)) {
            for (Optional<ItemScan.Page> page = scan.next(); page.isPresent(); page = scan.next()) {
                for (var item : page.get().items()) {
                    String group = String.valueOf(item.get(MessageTable.GROUP));
                    // The rows of a group stand together in the index.
                    if (!group.equals(last)) {
                        last = group;
                        groups++;
                        Projected projected = look(List.of(group));
                        moved += projected.moved();
                        failed += projected.failures().size();
                        watcher.saw(projected);
                    }
                }
            }
        }
        mustRebuild = false;
        save();
        return new Rebuilt(groups, moved, failed);
    }

    private Projected look(List<String> groups) {
        Projected projected = projector.look(groups);
        requireAnswers(projected);
        owed.settle(groups, projected);
        return projected;
    }

    /** What concerns every group ends the run, and nothing of it is remembered as done. */
    private static void requireAnswers(Projected projected) {
        for (Failure failure : projected.failures(Hope.ELSEWHERE)) {
            throw failure.cause();
        }
    }

    /** Projects what comes next. */
    public Step next() {
        if (mustRebuild) {
            throw new IllegalStateException("rebuild comes first");
        }
        List<String> due = owed.due();
        if (!due.isEmpty()) {
            Projected again = look(due);
            save();
            return new Retried(again);
        }
        StreamReader.Read read = reader.next();
        if (read instanceof StreamReader.Lost lost) {
            mustRebuild = true;
            return new Behind(lost.why());
        }
        if (read instanceof StreamReader.Over) {
            save();
            if (owed.areTired()) {
                return new Over();
            }
            owed.awaitNext();
            return new Idle();
        }
        List<Change> changes = ((StreamReader.Changes) read).changes();
        if (changes.isEmpty()) {
            saveNowAndThen();
            return new Idle();
        }
        Projected projected = projector.project(changes.stream()
                .map(change -> new LastMessageProjector.Change(
                        change.key().text(MessageTable.PARTITION).orElse(""),
                        change.place().sequenceNumber()))
                .toList());
        requireAnswers(projected);
        owed.settle(List.of(), projected);
        save();
        return new Batch(changes.size(), projected);
    }

    private void saveNowAndThen() {
        if (savedAt.isBefore(Instant.now().minus(SAVED_AT_LEAST_EVERY))) {
            save();
        }
    }

    /** Remembers how far it is. While something lost is not made up for, the next run has to learn of that too. */
    public void save() {
        if (!mustRebuild) {
            checkpoint.write(new Checkpoint(reader.position(), owed.all()));
            savedAt = Instant.now();
        }
    }
}
