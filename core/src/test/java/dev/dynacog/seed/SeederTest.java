package dev.dynacog.seed;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.dynamo.BatchWriter;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.Conversations;
import dev.dynacog.messages.LocalTable;
import dev.dynacog.messages.MessageWriter;
import dev.dynacog.messages.MessageWriter.Draft;
import dev.dynacog.messages.People;
import dev.dynacog.messages.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return FixtureReader.read("t.conversation", "t", text.lines().toList())
                .fixture()
                .orElseThrow();
    }

    private SeedPlan.Counts seed(Fixture fixture, Instant now, boolean restart) {
        SeedPlan plan = seeder.plan(new Seeder.Request(List.of(fixture), now, restart), people)
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
        assertThatThrownBy(() -> seeder.plan(new Seeder.Request(List.of(strangers), NOW, false), people))
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
        assertThat(population.write(count -> {}).groups()).isEqualTo(7);
        Set<Map<String, ?>> once = everything();
        assertThat(once).hasSize((int) request.items());
        assertThat(table.rowsOf(population.busiest())).hasSize(7);
        assertThat(population.write(count -> {}).same()).isEqualTo(7);
        assertThat(everything()).isEqualTo(once);
        Population larger = new Population(table.items(), batches, new Population.Request(20, 30, 42, NOW));
        assertThat(larger.write(count -> {}).groups()).isEqualTo(13);
        assertThat(everything()).containsAll(once);
        assertThat(table.rowsOf(population.busiest())).hasSize(20);
    }

    private List<Object> texts(String group) {
        return table.messagesOf(group).stream()
                .<Object>map(message -> String.valueOf(message.get("message")))
                .toList();
    }
}
