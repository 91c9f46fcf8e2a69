package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams as AWS has them on a bad day: shards that split, iterators that expire, changes that are trimmed. */
class StreamFaultsTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-11-20T00:00:00.000";

    @TempDir
    Path state = Path.of("");

    /** A stream that is told shard by shard. Iterators are made of shard, place and a number that makes each unique. */
    private static class Stream implements StubAws.Script {
        private final Map<String, List<String>> records = new HashMap<>();
        private final List<String> shards = new ArrayList<>();
        private final Set<String> closed = new HashSet<>();
        private final Map<String, String> refusals = new HashMap<>();
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final List<String> queries = new ArrayList<>();
        private boolean disabled;
        private boolean onePageEach;

        Stream shard(String id, String parent, boolean isClosed, String... texts) {
            shards.add("{\"ShardId\":\"" + id + "\""
                    + (parent.isEmpty() ? "" : ",\"ParentShardId\":\"" + parent + "\"")
                    + ",\"SequenceNumberRange\":{\"StartingSequenceNumber\":\"1\""
                    + (isClosed ? ",\"EndingSequenceNumber\":\"9\"" : "") + "}}");
            if (isClosed) {
                closed.add(id);
            }
            records.put(id, List.of(texts));
            return this;
        }

        /** The next request of that operation, for what contains that text, is refused with that error. */
        Stream refuse(String operationAndText, String error) {
            refusals.put(operationAndText, error);
            return this;
        }

        @Override
        public synchronized Answer answer(String operation, String body, int number) {
            if (operation.equals("Query")) {
                queries.add(body);
            }
            for (String refused : List.copyOf(refusals.keySet())) {
                String[] parts = refused.split(" ", 2);
                if (parts[0].equals(operation) && body.contains(parts[1])) {
                    return Answer.error(400, "x#" + refusals.remove(refused), "a fault of the test");
                }
            }
            return switch (operation) {
                case "DescribeTable" ->
                    Answer.ok("{\"Table\":{\"TableName\":\"t\",\"TableStatus\":\"ACTIVE\",\"LatestStreamArn\":\"" + ARN
                            + "\",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"},"
                            + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"message-group-sk-index\",\"IndexStatus\":\"ACTIVE\","
                            + "\"KeySchema\":[{\"AttributeName\":\"message_group_uuid\",\"KeyType\":\"HASH\"}],"
                            + "\"Projection\":{\"ProjectionType\":\"ALL\"}}],"
                            + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}}");
                case "DescribeStream" -> describe(body);
                case "GetShardIterator" -> iterator(body, number);
                case "GetRecords" -> page(body);
                // The index has no rows.
                case "Scan", "Query" -> Answer.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
                default -> Answer.error(400, "x#ValidationException", operation);
            };
        }

        /** How often a group was looked for. */
        synchronized long queried(String group) {
            return queries.stream()
                    .filter(body -> body.contains("\"" + group + "\""))
                    .count();
        }

        /** What happens to a shard that has too much to do, or is four hours old. */
        synchronized void split(String id) {
            shards.clear();
            shard(id, "", true, records.getOrDefault(id, List.of()).toArray(String[]::new));
            shard("left", id, false, "left");
            shard("right", id, false, "right");
        }

        private Answer describe(String body) {
            int from = 0;
            int to = shards.size();
            String more = "";
            if (onePageEach) {
                for (int i = 0; i < shards.size(); i++) {
                    String id = shards.get(i).substring(12, shards.get(i).indexOf('"', 12));
                    if (body.contains("\"ExclusiveStartShardId\":\"" + id + "\"")) {
                        from = i + 1;
                    }
                }
                to = Math.min(from + 1, shards.size());
                String last = shards.get(to - 1);
                more = to == shards.size()
                        ? ""
                        : ",\"LastEvaluatedShardId\":\"" + last.substring(12, last.indexOf('"', 12)) + "\"";
            }
            return Answer.ok("{\"StreamDescription\":{\"StreamArn\":\"" + ARN + "\",\"StreamStatus\":\""
                    + (disabled ? "DISABLED" : "ENABLED") + "\",\"Shards\":["
                    + String.join(",", shards.subList(from, to)) + "]" + more + "}}");
        }

        private Answer iterator(String body, int number) {
            String shard = value(body, "ShardId");
            String from = body.contains("LATEST")
                    ? String.valueOf(records.getOrDefault(shard, List.of()).size())
                    : body.contains("AFTER_SEQUENCE_NUMBER") ? value(body, "SequenceNumber") : "0";
            asked.add(value(body, "ShardIteratorType") + " " + shard);
            return Answer.ok("{\"ShardIterator\":\"" + shard + "/" + from + "/" + number + "\"}");
        }

        private Answer page(String body) {
            String[] place = value(body, "ShardIterator").split("/", -1);
            int from = Integer.parseInt(place[1]);
            List<String> texts = records.getOrDefault(place[0], List.of());
            boolean any = from < texts.size();
            String record = any ? record(place[0], from + 1, texts.get(from)) : "";
            boolean end = closed.contains(place[0]) && from + 1 >= texts.size();
            String next = ",\"NextShardIterator\":\"" + place[0] + "/" + (any ? from + 1 : from) + "/n\"";
            return Answer.ok("{\"Records\":[" + record + "]" + (end ? "" : next) + "}");
        }

        private static String record(String shard, int number, String text) {
            return "{\"eventID\":\"" + shard + number + "\",\"eventName\":\"INSERT\",\"dynamodb\":{"
                    + "\"ApproximateCreationDateTime\":" + Instant.now().getEpochSecond()
                    + ",\"SequenceNumber\":\"" + number + "\",\"Keys\":{\"pk\":{\"S\":\"MSG#" + text + "\"}},"
                    + "\"NewImage\":{\"pk\":{\"S\":\"MSG#" + text + "\"},\"message\":{\"S\":\"" + text + "\"}}}}";
        }

        private static String value(String body, String name) {
            int start = body.indexOf("\"" + name + "\":\"") + name.length() + 4;
            return body.substring(start, body.indexOf('"', start));
        }
    }

    private Run run(Stream stream, String... args) {
        try (StubAws stub = new StubAws(stream)) {
            return Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .with("DDB_MESSAGE_TABLE", "t")
                    .with("XDG_STATE_HOME", state.toString())
                    .run(args);
        }
    }

    private Run follow(Stream stream) {
        return run(stream, "stream", "follow", "--from", "oldest", "--once", "--query", "new.message");
    }

    @Test
    void parentsAreReadBeforeTheirChildrenInWhateverOrderTheyAreListed() {
        Stream stream = new Stream()
                .shard("grandchild", "left", false, "5")
                .shard("left", "parent", true, "3", "4")
                .shard("right", "parent", false, "3")
                .shard("parent", "trimmed-long-ago", true, "1", "2");
        Run follow = follow(stream);
        assertThat(follow.exit()).isZero();
        List<String> lines = follow.outLines();
        assertThat(lines).hasSize(6);
        assertThat(lines.subList(0, 2)).containsExactly("\"1\"", "\"2\"");
        assertThat(lines.indexOf("\"4\"")).isLessThan(lines.indexOf("\"5\""));
    }

    @Test
    void manyShardsComeInPagesAndAllAreRead() {
        Stream stream = new Stream();
        stream.onePageEach = true;
        for (int i = 0; i < 5; i++) {
            stream.shard("shard" + i, "", false, "of " + i);
        }
        assertThat(follow(stream).outLines()).hasSize(5);
    }

    @Test
    void aShardThatSplitsWhileItIsReadIsFollowedIntoItsChildren() {
        Stream stream = new Stream() {
            @Override
            public synchronized Answer answer(String operation, String body, int number) {
                if (operation.equals("GetRecords") && number == 2) {
                    split("parent");
                }
                return super.answer(operation, body, number);
            }
        };
        stream.shard("parent", "", false, "1");
        Run follow = follow(stream);
        assertThat(follow.outLines()).containsExactly("\"1\"", "\"left\"", "\"right\"");
    }

    @Test
    void anExpiredIteratorIsReplacedAndNothingComesTwice() {
        Stream stream = new Stream()
                .shard("only", "", false, "1", "2", "3")
                .refuse("GetRecords only/1/", "ExpiredIteratorException");
        Run follow = follow(stream);
        assertThat(follow.outLines()).containsExactly("\"1\"", "\"2\"", "\"3\"");
        assertThat(stream.asked).containsExactly("TRIM_HORIZON only", "AFTER_SEQUENCE_NUMBER only");
    }

    @Test
    void tooManyReadersOfAShardAreWaitedFor() {
        Stream stream =
                new Stream().shard("only", "", false, "1").refuse("GetRecords only/0/", "LimitExceededException");
        assertThat(follow(stream).outLines()).containsExactly("\"1\"");
    }

    @Test
    void changesThatWereTrimmedAreSaidAndReadingGoesOn() {
        Stream stream =
                new Stream().shard("only", "", false, "1").refuse("GetRecords only/0/", "TrimmedDataAccessException");
        Run follow = follow(stream);
        assertThat(follow.exit()).isZero();
        assertThat(follow.err()).contains("changes are missing").contains("24 hours");
        assertThat(follow.outLines()).containsExactly("\"1\"");
    }

    @Test
    void aStreamThatWasSwitchedOffEnds() {
        Stream stream = new Stream().shard("only", "", true, "1");
        stream.disabled = true;
        Run follow = run(stream, "stream", "follow", "--from", "oldest", "--query", "new.message");
        assertThat(follow.exit()).isZero();
        assertThat(follow.outLines()).containsExactly("\"1\"");
        assertThat(follow.err()).contains("turned off");
        Run project = run(stream, "stream", "project");
        assertThat(project.exit()).isEqualTo(1);
        assertThat(project.err()).contains("was switched off").contains("enable a new one");
    }

    @Test
    void aStreamThatIsGoneIsNotFound() {
        Stream stream = new Stream().refuse("DescribeStream " + ARN, "ResourceNotFoundException");
        Run follow = follow(stream);
        assertThat(follow.exit()).isEqualTo(3);
        assertThat(follow.err()).contains("the stream of table t is gone");
    }

    private Path checkpointOfAnEarlierRun() throws IOException {
        run(new Stream().shard("only", "", false, "g"), "stream", "project", "--once");
        Path file = state.resolve("dynacog/streams/us-east-1-123456789012-t.checkpoint");
        assertThat(Files.readString(file)).contains("stream=" + ARN).contains("shard.only=after 1 ");
        return file;
    }

    @Test
    void aResumedRunAsksForWhatComesAfterItsLastRecord() throws IOException {
        checkpointOfAnEarlierRun();
        Stream stream = new Stream().shard("only", "", false, "g", "h");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.out()).contains("\"changes\":1,\"messages\":1");
        assertThat(stream.asked).containsExactly("AFTER_SEQUENCE_NUMBER only");
    }

    @Test
    void whatIsTrimmedSinceTheLastRunIsMadeUpForByARebuild() throws IOException {
        checkpointOfAnEarlierRun();
        Stream stream = new Stream()
                .shard("only", "", false, "g", "h")
                .refuse("GetShardIterator AFTER_SEQUENCE_NUMBER", "TrimmedDataAccessException");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.exit()).isZero();
        assertThat(project.err()).contains("Changes are missing").contains("Looked at 0 groups");
    }

    @Test
    void aShardThatWasNotReadToItsEndAndIsGoneIsMadeUpForByARebuild() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        Run project = run(new Stream().shard("another", "only", false), "stream", "project", "--once");
        assertThat(project.exit()).isZero();
        assertThat(project.err()).contains("an unread part of the stream is gone");
        assertThat(Files.readString(file)).contains("shard.another=").doesNotContain("shard.only=");
    }

    @Test
    void aBatchThatMeetsARefusalOfEverythingIsNotRememberedAsDone() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        String before = Files.readString(file);
        Stream stream = new Stream().shard("only", "", false, "g", "h").refuse("Query t", "AccessDeniedException");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.exit()).isEqualTo(4);
        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(run(new Stream().shard("only", "", false, "g", "h"), "stream", "project", "--once")
                        .out())
                .contains("\"messages\":1");
    }

    /** Of a malformed key DynamoDB says the same; but then it answers for another group. */
    @Test
    void aTableThatRefusesEveryGroupIsNotTakenForMalformedKeys() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        String before = Files.readString(file);
        Stream stream = new Stream() {
            @Override
            public synchronized Answer answer(String operation, String body, int number) {
                return operation.equals("Query")
                        ? Answer.error(400, "x#ValidationException", "The table does not have the specified index")
                        : super.answer(operation, body, number);
            }
        };
        stream.shard("only", "", false, "g", "h");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.exit()).isEqualTo(1);
        assertThat(project.err()).contains("does not have the specified index");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void whatCanNeverSucceedIsNamedAndTheCheckpointMovesOn() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        Stream stream =
                new Stream().shard("only", "", false, "g", "bad", "h").refuse("Query bad", "ValidationException");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.exit()).isEqualTo(1);
        assertThat(project.err())
                .contains("group bad can't be projected: ValidationException")
                .contains("incomplete: 1 group can't be projected as the table is");
        assertThat(Files.readString(file)).contains("shard.only=after 3 ").doesNotContain("owed");
        Run again = run(new Stream().shard("only", "", false, "g", "bad", "h"), "stream", "project", "--once");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEmpty();
    }

    @Test
    void aFailureThatPassesIsTriedAgainWhileTheOthersGoOn() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        Stream stream = new Stream().shard("only", "", false, "g", "bad", "h").refuse("Query bad", "SomethingElse");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.err()).contains("group bad failed and will be tried again: SomethingElse");
        assertThat(project.exit()).isZero();
        assertThat(Files.readString(file)).contains("shard.only=after 3 ").doesNotContain("owed");
        assertThat(stream.queried("bad")).isEqualTo(2);
    }

    @Test
    void aFailureThatDoesNotPassIsOwedAndTheNextRunBeginsWithIt() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        Stream stream = new Stream() {
            @Override
            public synchronized Answer answer(String operation, String body, int number) {
                return operation.equals("Query") && body.contains("bad")
                        ? Answer.error(400, "x#SomethingElse", "a fault of the test")
                        : super.answer(operation, body, number);
            }
        };
        stream.shard("only", "", false, "g", "bad", "h");
        Run project = run(stream, "stream", "project", "--once");
        assertThat(project.exit()).isEqualTo(1);
        assertThat(project.err()).contains("1 group failed and will be tried first by the next run");
        assertThat(Files.readString(file)).contains("shard.only=after 3 ").contains("owed.0=bad\n");
        Stream later = new Stream().shard("only", "", false, "g", "bad", "h");
        Run next = run(later, "stream", "project", "--once");
        assertThat(next.exit()).isZero();
        assertThat(later.queried("bad")).isEqualTo(1);
        assertThat(Files.readString(file)).doesNotContain("owed");
    }

    @Test
    void aRebuildThatIsCutShortIsDoneAgain() throws IOException {
        Path file = checkpointOfAnEarlierRun();
        Files.writeString(file, Files.readString(file).replaceFirst("stream=.*", "stream=arn:another"));
        Stream cut = new Stream().shard("only", "", false).refuse("Scan t", "ValidationException");
        assertThat(run(cut, "stream", "project", "--once").exit()).isEqualTo(1);
        Run again = run(new Stream().shard("only", "", false), "stream", "project", "--once");
        assertThat(again.exit()).isZero();
        assertThat(again.err())
                .contains("it belongs to another stream, arn:another")
                .contains("Looked at 0 groups");
    }
}
