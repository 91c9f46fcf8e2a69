package dev.dynacog.seed;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.BulkWrites;
import dev.dynacog.messages.Conversations;
import dev.dynacog.messages.LocalTable;
import dev.dynacog.messages.MessageWriter;
import dev.dynacog.messages.MessageWriter.Draft;
import dev.dynacog.messages.People;
import dev.dynacog.messages.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeederTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HEAD = "people: andrewbrown, bayko\nstarts: now - 1h\n";

    private final LocalTable table = new LocalTable();
    private final Seeder seeder = new Seeder(
            table.items(), new BatchWriter(table.clients(), table.items().table()));
    private final People people = new Known(List.of(ANDREW, BAYKO, LONDO));

    private record Known(List<Person> persons) implements People {
        @Override
        public Lookup lookUp(Collection<String> handles) {
            return new Lookup(persons, persons.stream().map(Person::handle).toList());
        }

        @Override
        public String place() {
            return "the test";
        }

        @Override
        public String remedy() {
            return "";
        }
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static Fixture fixture(String text) {
        return FixtureReaderTest.read("t", text).fixture().orElseThrow();
    }

    private SeedPlan.Counts seed(Fixture fixture, Instant now, boolean restart) {
        SeedPlan plan = seeder.plan(new Seeder.Request(List.of(fixture), now, restart), people, looked -> {})
                .get(0);
        seeder.apply(plan, count -> {});
        return plan.counts();
    }

    private Set<Map<String, ?>> everything() {
        return new HashSet<>(table.scan());
    }

    @Test
    void aSecondSeedDoublesNothingAndKeepsTheTimes() {
        Seeder.Request request = new Seeder.Request(Fixtures.shipped().fixtures(), NOW, false);
        seeder.seed(request, people, count -> {});
        Set<Map<String, ?>> once = everything();
        // 130 messages, three groups with two rows and a pair each.
        assertThat(once).hasSize(104 + 14 + 12 + 3 * 3);
        Seeder.Summary again = seeder.seed(
                new Seeder.Request(Fixtures.shipped().fixtures(), NOW.plus(Duration.ofDays(3)), false),
                people,
                count -> {});
        assertThat(again.written()).isZero();
        assertThat(everything()).isEqualTo(once);
        assertThat(table.rowsOf(ANDREW)).hasSize(2).containsKey(Conversations.SEEDED_GROUP);
    }

    @Test
    void theFirstConversationBeginsADayAgoAMinuteApart() {
        seeder.seed(new Seeder.Request(Fixtures.shipped().fixtures(), NOW, false), people, count -> {});
        assertThat(table.messagesOf(Conversations.SEEDED_GROUP))
                .extracting(message -> message.get("sk"))
                .startsWith("2026-11-19T12:00:00.000000+00:00", "2026-11-19T12:01:00.000000+00:00");
    }

    @Test
    void aChangedFixtureReplacesWhatItChangedAndNothingElse() {
        seed(fixture(HEAD + "andrewbrown: one\nbayko: two\nandrewbrown: three"), NOW, false);
        String group = table.rowsOf(ANDREW).keySet().iterator().next();
        Instant between = NOW.minus(Duration.ofMinutes(59)).plusSeconds(30);
        new MessageWriter(table.items()).toGroup(group, Draft.of(BAYKO, "written by a person", between));
        SeedPlan.Counts counts =
                seed(fixture(HEAD + "andrewbrown: one\nbayko: TWO\nandrewbrown: three\nbayko: four"), NOW, false);
        assertThat(counts).isEqualTo(new SeedPlan.Counts(1, 1, 2, 0));
        assertThat(texts(group)).containsExactly("one", "TWO", "written by a person", "three", "four");
        assertThat(table.rowsOf(BAYKO).get(group)).containsEntry("message", "four");
        assertThat(seed(fixture(HEAD + "andrewbrown: one"), NOW, false)).isEqualTo(new SeedPlan.Counts(0, 0, 1, 3));
        assertThat(texts(group)).containsExactly("one", "written by a person");
        assertThat(table.rowsOf(BAYKO).get(group)).containsEntry("message", "written by a person");
    }

    @Test
    void aChangedLastLineIsShownInTheLists() {
        seed(fixture(HEAD + "andrewbrown: one\nbayko: two"), NOW, false);
        assertThat(seed(fixture(HEAD + "andrewbrown: one\nbayko: TWO"), NOW, false))
                .isEqualTo(new SeedPlan.Counts(0, 1, 1, 0));
        String group = table.rowsOf(ANDREW).keySet().iterator().next();
        assertThat(texts(group)).containsExactly("one", "TWO");
        assertThat(table.rowsOf(ANDREW).get(group))
                .containsEntry("message", "TWO")
                .containsEntry("sk", "2026-11-20T11:01:00.000000+00:00");
    }

    @Test
    void restartBeginsAtNowAgain() {
        Fixture fixture = fixture(HEAD + "andrewbrown: one\nbayko: two\nandrewbrown: three");
        seed(fixture, NOW, false);
        Instant later = NOW.plus(Duration.ofDays(2));
        assertThat(seed(fixture, later, true)).isEqualTo(new SeedPlan.Counts(0, 3, 0, 0));
        String group = table.rowsOf(ANDREW).keySet().iterator().next();
        assertThat(table.messagesOf(group))
                .extracting(message -> message.get("sk"))
                .containsExactly(
                        "2026-11-22T11:00:00.000000+00:00",
                        "2026-11-22T11:01:00.000000+00:00",
                        "2026-11-22T11:02:00.000000+00:00");
        assertThat(table.rowsOf(BAYKO).get(group)).containsEntry("sk", "2026-11-22T11:02:00.000000+00:00");
        assertThat(seed(fixture, later.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(0, 0, 3, 0));
    }

    @Test
    void anInterruptedSeedGoesOnWhereItWas() {
        Fixture fixture = fixture(HEAD + "andrewbrown: one\nbayko: two\nandrewbrown: three\nbayko: four");
        seed(fixture, NOW, false);
        Set<Map<String, ?>> whole = everything();
        // What a first run leaves that ends in the middle: some of the messages, and no rows.
        for (Map<String, ?> item : whole) {
            if (!String.valueOf(item.get("message")).equals("two")) {
                table.delete(item);
            }
        }
        assertThat(table.scan()).hasSize(1);
        assertThat(seed(fixture, NOW.plus(Duration.ofHours(5)), false)).isEqualTo(new SeedPlan.Counts(3, 0, 1, 0));
        assertThat(everything()).isEqualTo(whole);
    }

    @Test
    void listsThatWereLostComeBackWithTheNextSeed() {
        Fixture fixture = fixture(HEAD + "andrewbrown: one\nbayko: two");
        seed(fixture, NOW, false);
        Set<Map<String, ?>> whole = everything();
        for (Map<String, ?> item : whole) {
            if (!String.valueOf(item.get("pk")).startsWith("MSG#")) {
                table.delete(item);
            }
        }
        assertThat(seed(fixture, NOW, false).written()).isZero();
        assertThat(everything()).isEqualTo(whole);
    }

    @Test
    void noSecondGroupIsMadeForTwoPeopleWhoHaveOne() {
        table.putRow(ANDREW, "2026-11-20T09:00:00", "made-by-the-app", BAYKO, "hello");
        table.putRow(BAYKO, "2026-11-20T09:00:00", "made-by-the-app", ANDREW, "hello");
        seed(fixture(HEAD + "andrewbrown: one"), NOW, false);
        assertThat(table.rowsOf(ANDREW)).containsOnlyKeys("made-by-the-app");
        assertThat(texts("made-by-the-app")).containsExactly("one");
    }

    @Test
    void everyMissingPersonIsNamedAndNothingIsWritten() {
        Fixture strangers = fixture("people: Bayko, nobody\nstarts: now\nnobody: hi");
        assertThatThrownBy(() -> seeder.plan(new Seeder.Request(List.of(strangers), NOW, false), people, looked -> {}))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage("not found in the test: Bayko (there is bayko, which differs in case), nobody");
        assertThat(table.scan()).isEmpty();
    }

    @Test
    void messagesOfOthersAtTheSameMicrosecondStay() {
        Fixture fixture = fixture(HEAD + "andrewbrown: one\nbayko: two\nandrewbrown: three");
        seed(fixture, NOW, false);
        String group = table.rowsOf(ANDREW).keySet().iterator().next();
        Instant later = NOW.plus(Duration.ofDays(1));
        table.putMessage(group, "2026-11-21T11:01:00.000000+00:00", BAYKO, "mine");
        seed(fixture, later, true);
        assertThat(texts(group)).containsExactly("one", "mine", "two", "three");
    }

    @Test
    void peopleWhoGotOtherUuidsKeepTheirConversation() {
        Fixture fixture = fixture(HEAD + "andrewbrown: one\nbayko: two");
        seed(fixture, NOW, false);
        Person newBayko = new Person("11111111-0000-4000-8000-00000000000b", "bayko", "Andrew Bayko");
        People anew = new Known(List.of(ANDREW, newBayko));
        seeder.seed(new Seeder.Request(List.of(fixture), NOW, false), anew, count -> {});
        String group = table.rowsOf(ANDREW).keySet().iterator().next();
        assertThat(table.rowsOf(BAYKO)).isEmpty();
        assertThat(table.rowsOf(newBayko)).containsOnlyKeys(group);
        assertThat(table.rowsOf(ANDREW).get(group)).containsEntry("user_uuid", newBayko.uuid());
        assertThat(table.scan()).hasSize(2 + 2 + 1);
    }

    @Test
    void aPopulationIsTheSameFromTheSameNumbers() {
        BatchWriter batches = new BatchWriter(table.clients(), table.items().table());
        Population.Request request = new Population.Request(7, 30, 42, NOW);
        Population population = new Population(table.items(), batches, request);
        assertThat(population.write(count -> {}, present -> {}).groups()).isEqualTo(7);
        Set<Map<String, ?>> once = everything();
        assertThat(once).hasSize((int) request.items());
        assertThat(table.rowsOf(population.busiest())).hasSize(7);
        assertThat(population.write(count -> {}, present -> {}).same()).isEqualTo(7);
        assertThat(everything()).isEqualTo(once);
        Population larger = new Population(table.items(), batches, new Population.Request(20, 30, 42, NOW));
        assertThat(larger.write(count -> {}, present -> {}).groups()).isEqualTo(13);
        assertThat(everything()).containsAll(once);
        assertThat(table.rowsOf(population.busiest())).hasSize(20);
    }

    private List<Object> texts(String group) {
        return table.messagesOf(group).stream()
                .<Object>map(message -> String.valueOf(message.get("message")))
                .toList();
    }

    private static Fixture known(String identity, String text) {
        return FixtureReaderTest.read(identity, text).fixture().orElseThrow();
    }

    private String group() {
        return table.rowsOf(ANDREW).keySet().iterator().next();
    }

    @Test
    void twoFilesOfOneNameDoNotTouchEachOthersMessages() {
        Fixture one = known("a/test", HEAD + "andrewbrown: of a\nbayko: same");
        Fixture other = known("b/test", HEAD + "andrewbrown: of b\nbayko: same");
        seed(one, NOW, false);
        assertThat(seed(other, NOW, false)).isEqualTo(new SeedPlan.Counts(2, 0, 0, 0));
        assertThat(texts(group())).containsExactlyInAnyOrder("of a", "of b", "same", "same");
        assertThat(seed(one, NOW.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(0, 0, 2, 0));
        assertThat(seed(other, NOW.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(0, 0, 2, 0));
    }

    @Test
    void fixturesOfTheSamePeopleShareTheirGroupAndNoKeyInOneRun() {
        List<Fixture> both = List.of(
                known("a/test", HEAD + "andrewbrown: of a\nbayko: two"),
                known("b/test", HEAD + "bayko: of b\nbayko: 2"));
        assertThat(seeder.seed(new Seeder.Request(both, NOW, false), people, count -> {})
                        .written())
                .isEqualTo(4);
        assertThat(table.rowsOf(ANDREW)).hasSize(1);
        assertThat(texts(group())).containsExactly("of a", "of b", "two", "2");
        Set<Map<String, ?>> once = everything();
        assertThat(seeder.seed(new Seeder.Request(both, NOW.plusSeconds(9), false), people, count -> {})
                        .written())
                .isZero();
        assertThat(everything()).isEqualTo(once);
    }

    @Test
    void aFixtureOfItsOwnIdIsTheSameWhateverItsFileIsCalled() {
        String text = "id: standup\n" + HEAD + "andrewbrown: one\nbayko: two";
        seed(known("old/name", text), NOW, false);
        assertThat(seed(known("new/name", text), NOW, false)).isEqualTo(new SeedPlan.Counts(0, 0, 2, 0));
    }

    /** Before there were ids, a fixture was known by its file's name alone. */
    @Test
    void whatWasSeededUnderTheFilesNameAloneIsRecognisedAndKept() {
        String before = HEAD + "andrewbrown: one\nbayko: two\nandrewbrown: three";
        seed(known("test", before), NOW, false);
        Set<Map<String, ?>> once = everything();
        Fixture moved = known("fixtures/test", before);
        assertThat(seed(moved, NOW.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(0, 0, 3, 0));
        assertThat(everything()).isEqualTo(once);
        Fixture changed = known("fixtures/test", before.replace("two", "TWO"));
        assertThat(seed(changed, NOW.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(0, 1, 2, 0));
        assertThat(texts(group())).containsExactly("one", "TWO", "three");
        // Another file of that name has other lines, so these are not its own.
        Fixture other = known("others/test", HEAD + "andrewbrown: one\nbayko: else\nandrewbrown: more");
        assertThat(seed(other, NOW.plusSeconds(9), false)).isEqualTo(new SeedPlan.Counts(3, 0, 0, 0));
        assertThat(texts(group())).hasSize(6);
    }

    @Test
    void twoFilesOfOneIdAndTwoPairsOfOneGroupAreRefusedBeforeAnythingIsWritten() {
        Fixture one = known("a", "id: x\n" + HEAD + "bayko: hi");
        Fixture same = known("b", "id: x\n" + HEAD + "bayko: ho");
        assertThatThrownBy(() -> seeder.plan(new Seeder.Request(List.of(one, same), NOW, false), people, looked -> {}))
                .hasMessageContaining("is given twice");
        String head = "group: 5ae290ed-55d1-47a0-bc6d-fe2bc2700399\nstarts: now\n";
        Fixture first = known("a", head + "people: andrewbrown, bayko\nbayko: hi");
        Fixture second = known("b", head + "people: londo, bayko\nbayko: hi");
        assertThatThrownBy(
                        () -> seeder.plan(new Seeder.Request(List.of(first, second), NOW, false), people, looked -> {}))
                .hasMessageContaining("have one group, 5ae290ed-55d1-47a0-bc6d-fe2bc2700399, and not the same people");
        assertThat(table.scan()).isEmpty();
    }

    @Test
    void besideManyMessagesOfOthersEachOfThemIsLookedAtTwice() {
        seed(fixture(HEAD + "andrewbrown: one"), NOW, false);
        String group = group();
        List<Write> others = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            others.add(BulkWrites.put(
                    group, UUID.randomUUID().toString(), BAYKO, "other " + i, NOW.minus(Duration.ofMinutes(59 - i))));
        }
        new BatchWriter(table.clients(), table.items().table()).write(others.iterator(), written -> {});
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < 1500; i++) {
            text.append("bayko: line ").append(i).append('\n');
        }
        long[] looked = {0};
        Fixture large = fixture(text.toString());
        SeedPlan plan = seeder.plan(new Seeder.Request(List.of(large), NOW, false), people, count -> looked[0] += count)
                .get(0);
        assertThat(looked[0]).isEqualTo(2 * 601);
        seeder.apply(plan, written -> {});
        assertThat(table.messagesOf(group)).hasSize(600 + 1500);
        assertThat(seed(large, NOW, false)).isEqualTo(new SeedPlan.Counts(0, 0, 1500, 0));
    }

    @Test
    void timesBeyondFourDigitsOfAYearAreRefused() {
        Fixture late = fixture("people: andrewbrown, bayko\nstarts: 9999-12-31T00:00:00Z\nevery: 1d\nbayko: hi");
        Fixture early = fixture("people: andrewbrown, bayko\nstarts: now - 999999d\nbayko: hi");
        for (Fixture wrong : List.of(late, early)) {
            assertThatThrownBy(() -> seed(wrong, NOW, false)).hasMessageContaining("years go from 0001 to 9999");
        }
    }
}
