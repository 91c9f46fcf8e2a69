package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.stream.CheckpointFile;
import dev.dynacog.dynamo.stream.StreamReader;
import dev.dynacog.dynamo.stream.TableStream;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.MessageWriter.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Senders, an app that writes messages alone, and a projector that is killed between two of its calls and started again,
 * in an order that chance decides. Whatever the order: in the end every group is in each owner's list exactly once, and
 * shows its newest message.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class InterleavingsTest {
    private static final int TABLES = 8;
    private static final int INTERLEAVINGS_PER_TABLE = 25;
    private static final int STEPS = 10;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** A table with its projector's way to it, on which one order of things comes after the other. */
    private record Place(LocalTable table, CrashingProxy proxy, AwsClients mortal, Path checkpoint)
            implements AutoCloseable {
        static Place make(Path folder) {
            LocalTable table = new LocalTable();
            CrashingProxy proxy = new CrashingProxy(table.endpoint());
            AwsClients mortal = new AwsClients(LocalTable.environment(proxy.endpoint()));
            return new Place(table, proxy, mortal, folder.resolve("checkpoint"));
        }

        @Override
        public void close() {
            mortal.close();
            proxy.close();
            table.close();
        }
    }

    /** DynamoDB Local doesn't know all of its operations while several threads ask for the first one. */
    @BeforeAll
    static void makeTheFirstTableAlone() {
        new LocalTable().close();
    }

    static IntStream firstSeeds() {
        return IntStream.range(0, TABLES).map(table -> table * INTERLEAVINGS_PER_TABLE);
    }

    @ParameterizedTest
    @MethodSource("firstSeeds")
    void whateverIsInterruptedEveryGroupIsThereOnceAndShowsItsNewestMessage(int firstSeed, @TempDir Path folder)
            throws IOException {
        try (Place place = Place.make(folder)) {
            for (int seed = firstSeed; seed < firstSeed + INTERLEAVINGS_PER_TABLE; seed++) {
                Interleaving interleaving = new Interleaving(seed, place);
                try {
                    interleaving.run();
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            "seed " + seed + " failed after:\n" + String.join("\n", interleaving.done), e);
                }
            }
        }
    }

    /** One order of things, made of a seed; its people have lists of their own. */
    private static final class Interleaving {
        private final Random random;
        private final List<String> done = new ArrayList<>();
        private final List<Person> people;
        private final Place place;
        private final Items items;
        private final Items mortalItems;
        private StreamProjection projection;
        private byte[] oldCheckpoint = {};

        Interleaving(int seed, Place place) {
            random = new Random(seed);
            people = Stream.of(ANDREW, BAYKO, LONDO)
                    .map(person -> new Person(
                            person.uuid().substring(0, 24)
                                    + String.format(
                                            "%012x", 16 * seed + person.uuid().charAt(35) - 'a'),
                            person.handle(),
                            person.displayName()))
                    .toList();
            this.place = place;
            items = place.table().items();
            mortalItems = new Items(place.mortal(), items.table());
            projection = start();
        }

        private StreamProjection start() {
            return new StreamProjection(
                    place.mortal(),
                    TableStream.of(place.mortal(), items.table()),
                    new CheckpointFile(place.checkpoint()),
                    false,
                    StreamReader.Pace.EAGER);
        }

        void run() throws IOException {
            catchUp();
            oldCheckpoint = Files.readAllBytes(place.checkpoint());
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            place.proxy().live();
            projection = start();
            if (projection.start().rebuilds()) {
                projection.rebuild(group -> {});
            }
            catchUp();
            check();
        }

        private void step() throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1 -> appWrites();
                case 2 -> senderSends();
                case 3, 4 -> project();
                case 5 -> projectAndDie();
                case 6 -> sendAndDie();
                default -> replay();
            }
        }

        private Person anyone() {
            return people.get(random.nextInt(people.size()));
        }

        private Person anyoneBut(Person one) {
            return people.stream().filter(other -> !other.equals(one)).toList().get(random.nextInt(2));
        }

        /** Few instants, so that many are the same; the one or the other late. */
        private Instant instant() {
            return NOON.plus(random.nextInt(6), ChronoUnit.MICROS);
        }

        private String text() {
            return "message " + done.size() + " of " + random.nextInt(1000);
        }

        private void appWrites() {
            Person sender = anyone();
            Person other = anyoneBut(sender);
            String group = new Groups(items)
                    .between(sender.uuid(), other.uuid())
                    .map(Groups.Found::group)
                    .orElseGet(() -> appMakesGroup(sender, other));
            ZoneOffset offset = ZoneOffset.ofHours(random.nextInt(5) - 2);
            String key = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    instant().plusSeconds(random.nextInt(2)).atOffset(offset));
            done.add("the app writes to " + group + " at " + key);
            place.table().putMessage(group, key, sender, text());
        }

        private String appMakesGroup(Person one, Person other) {
            String group = "of-the-app-" + one.uuid() + other.uuid();
            // The keys of the app's rows overwrite nothing: each of its groups begins at a time of its own.
            String key = MessageTime.write(NOON.minusSeconds(60 + people.indexOf(one) * 3L + people.indexOf(other)));
            place.table().putRow(one, key, group, other, "first");
            place.table().putRow(other, key, group, one, "first");
            place.table().putMessage(group, key, one, "first");
            return group;
        }

        private void senderSends() {
            Person sender = anyone();
            Person to = anyoneBut(sender);
            Instant at = instant();
            done.add(sender.handle() + " sends to " + to.handle() + " at " + at);
            new MessageWriter(items).toPerson(to, Draft.of(sender, text(), at));
        }

        private void sendAndDie() {
            Person sender = anyone();
            Person to = anyoneBut(sender);
            Instant at = instant();
            dying(() -> new MessageWriter(mortalItems).toPerson(to, Draft.of(sender, text(), at)), "sending");
        }

        private void project() {
            int batches = 1 + random.nextInt(3);
            done.add("project " + batches);
            for (int i = 0; i < batches; i++) {
                projection.next();
            }
        }

        private void projectAndDie() {
            dying(this::catchUp, "projecting");
            projection = start();
        }

        /** Does something until a call that chance decides, of which the server may have heard or not. */
        private void dying(Runnable work, String what) {
            int calls = random.nextInt(12);
            boolean arrives = random.nextBoolean();
            done.add("killed while " + what + ", after " + calls + " calls"
                    + (arrives ? " and one without answer" : ""));
            place.proxy().dieAfter(calls, arrives);
            try {
                work.run();
            } catch (SdkException | DynacogException e) {
                done.add("  died: " + e.getMessage());
            } finally {
                place.proxy().live();
            }
        }

        /** Goes on where it was a while ago, so that changes come again. */
        private void replay() throws IOException {
            done.add("replay");
            Files.write(place.checkpoint(), oldCheckpoint);
            projection = start();
        }

        private void catchUp() {
            while (!projection.isCaughtUp()) {
                projection.next();
            }
        }

        private void check() {
            List<Stored> all = place.table().scan().stream().map(Stored::of).toList();
            for (Person owner : people) {
                List<Stored> rows = all.stream()
                        .filter(item -> item.pk().equals("GRP#" + owner.uuid()))
                        .toList();
                List<String> groups = rows.stream().map(Stored::group).toList();
                assertThat(groups).as("groups of " + owner.handle()).doesNotHaveDuplicates();
                // Whoever stands in somebody's list has that one in the own.
                assertThat(groups)
                        .containsExactlyInAnyOrderElementsOf(all.stream()
                                .filter(item -> item.pk().startsWith("GRP#")
                                        && item.user().equals(owner.uuid()))
                                .map(Stored::group)
                                .toList());
                rows.forEach(row -> showsTheNewest(row, all));
            }
        }

        private void showsTheNewest(Stored row, List<Stored> all) {
            List<Stored> messages = all.stream()
                    .filter(item -> item.pk().equals("MSG#" + row.group()))
                    .toList();
            Instant newest = messages.stream()
                    .map(Stored::at)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(messages.stream()
                            .filter(message -> message.at().equals(newest))
                            .map(Stored::message))
                    .as("the newest messages of " + row)
                    .contains(row.message());
            assertThat(row.at()).as("time of " + row).isBetween(newest, newest.plus(STEPS, ChronoUnit.MICROS));
        }
    }

    /** An item of the table, with what matters here. */
    private record Stored(String pk, String sk, String group, String user, String message) {
        static Stored of(Map<String, @Nullable Object> item) {
            return new Stored(
                    String.valueOf(item.get("pk")),
                    String.valueOf(item.get("sk")),
                    String.valueOf(item.get("message_group_uuid")),
                    String.valueOf(item.get("user_uuid")),
                    String.valueOf(item.get("message")));
        }

        Instant at() {
            return MessageTime.read(sk).orElseThrow();
        }
    }
}
