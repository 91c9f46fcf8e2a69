package dev.dynacog.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.messages.Conversations;
import dev.dynacog.seed.Fixture.Line;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixtureReaderTest {
    private static FixtureReader.Result read(String text) {
        return read("test", text);
    }

    static FixtureReader.Result read(String identity, String text) {
        try {
            return FixtureReader.read(
                    new Origin("test.conversation", "test", identity),
                    false,
                    new BufferedReader(new StringReader(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFixtureIsReadWithItsHeadAndEveryFormOfText() {
        Fixture fixture = read("""
                # about it
                people: Person 1 = andrewbrown, bayko
                starts: now - 90m
                every: 30s

                Person 1: one line: with a colon
                bayko:
                  first

                  # third, and no comment
                    indented
                # a comment within
                  last
                """).fixture().orElseThrow();
        assertThat(fixture.people()).containsExactly("andrewbrown", "bayko");
        assertThat(fixture.start()).isEqualTo(new Fixture.Ago(Duration.ofMinutes(90)));
        assertThat(fixture.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(fixture.lines())
                .containsExactly(
                        new Line("andrewbrown", "one line: with a colon"),
                        new Line("bayko", "first\n\n# third, and no comment\n  indented\nlast"));
    }

    @Test
    void aTimeCanBeFixed() {
        Fixture fixture = read("people: a, b\nstarts: 2026-01-01T10:00:00+02:00\na: hi")
                .fixture()
                .orElseThrow();
        assertThat(fixture.start()).isEqualTo(new Fixture.Fixed(Instant.parse("2026-01-01T08:00:00Z")));
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirLines() {
        assertThat(read("""
                        group: 12
                          indented too early
                        people: a, b
                        starts: tomorrow
                        every: soon
                        c: who is that?
                        a:
                        no colon here
                        b: %s
                        """.formatted("x".repeat(1025))).mistakes())
                .containsExactly(
                        "test.conversation:1: '12' is not a UUID",
                        "test.conversation:2: an indented line continues a message, and there is none before it",
                        "test.conversation:4: 'tomorrow' is neither 'now - 1d' nor a time such as 2026-11-20T09:00:00Z",
                        "test.conversation:5: 'soon' is not a duration such as 1m or 30s",
                        "test.conversation:6: nobody is called 'c'; there are a, b",
                        "test.conversation:7: the text is empty",
                        "test.conversation:8: expected 'Name: text', a comment (#) or an indented continuation"
                                + " line",
                        "test.conversation:9: the text has 1025 characters, and 1024 are allowed");
    }

    @Test
    void whatIsShippedIsCorrectAndComplete() {
        Fixtures.Read shipped = Fixtures.shipped();
        assertThat(shipped.mistakes()).isEmpty();
        String[] files = new File("../seed-data/conversations").list((folder, name) -> name.endsWith(".conversation"));
        assertThat(Arrays.stream(files == null ? new String[0] : files).map(name -> name.replace(".conversation", "")))
                .containsExactlyInAnyOrderElementsOf(Fixtures.shippedNames());
        Fixture first = shipped.fixtures().get(0);
        assertThat(first.groupId()).contains(Conversations.SEEDED_GROUP);
        assertThat(first.people()).containsExactly("andrewbrown", "bayko");
        assertThat(first.people().get(0)).isEqualTo(Fixtures.FIRST_PERSON);
        assertThat(first.start()).isEqualTo(new Fixture.Ago(Duration.ofDays(1)));
        assertThat(first.every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(first.lines()).hasSizeGreaterThanOrEqualTo(100);
        List<String> texts = shipped.fixtures().stream()
                .flatMap(fixture -> fixture.lines().stream())
                .map(Line::text)
                .toList();
        assertThat(texts)
                .filteredOn(text -> text.codePointCount(0, text.length()) == 1024)
                .hasSize(2);
    }

    @Test
    void idsFollowFromFixtureLineAndTextAlone() {
        Fixture one = read("people: a, b\nstarts: now\na: hi\na: hi").fixture().orElseThrow();
        Fixture again = read("# moved\n\npeople: a, b\nstarts: now - 3d\na: hi\na: hi")
                .fixture()
                .orElseThrow();
        Fixture other =
                read("people: a, b\nstarts: now\na: hi\na: ho").fixture().orElseThrow();
        assertThat(one.idOf(0))
                .isEqualTo(again.idOf(0))
                .isNotEqualTo(one.idOf(1))
                .matches("[0-9a-f-]{36}");
        assertThat(one.idOf(0)).isEqualTo(other.idOf(0));
        assertThat(one.idOf(1)).isNotEqualTo(other.idOf(1));
        assertThat(other.ids().gave(one.idOf(1))).isTrue();
        assertThat(one.ids().gave("0d1f2c3b-4a59-4687-9768-574655443322")).isFalse();
    }

    @Test
    void keysThatAreThereTwiceAreMistakesWithTheirLines() {
        assertThat(read("""
                        people: a, b
                        people: c, d
                        starts: now
                        id: x
                        every: 1m
                        starts: now - 1d
                        every: 2m
                        id: y
                        a: hi
                        group: 5ae290ed-55d1-47a0-bc6d-fe2bc2700399
                        """).mistakes())
                .containsExactly(
                        "test.conversation:2: 'people:' is there twice, first in line 1",
                        "test.conversation:6: 'starts:' is there twice, first in line 3",
                        "test.conversation:7: 'every:' is there twice, first in line 5",
                        "test.conversation:8: 'id:' is there twice, first in line 4",
                        "test.conversation:10: 'group:' stands before the first message");
    }

    @Test
    void nobodyIsCalledAsAKeyOfTheHeadIs() {
        assertThat(read("people: starts, b\nstarts: now\nb: hi").mistakes())
                .containsExactly(
                        "test.conversation:1: nobody can be called 'starts' here: write 'Name = starts'",
                        "test.conversation:1: a conversation needs two people, found 1");
    }

    @Test
    void anIdOfItsOwnDecides() {
        Fixture named = read("some/path", "id: standup\npeople: a, b\nstarts: now\na: hi")
                .fixture()
                .orElseThrow();
        Fixture elsewhere = read("else/where", "id: standup\npeople: a, b\nstarts: now\na: hi")
                .fixture()
                .orElseThrow();
        assertThat(named.idOf(0)).isEqualTo(elsewhere.idOf(0));
        assertThat(named.group()).isEqualTo(elsewhere.group());
        assertThat(read("id: \npeople: a, b\nstarts: now\na: hi").mistakes())
                .containsExactly("test.conversation:1: '' is not a valid id: use 1 to 200 characters, no control"
                        + " characters");
    }

    /** Tables that were seeded by earlier versions hold these. */
    @Test
    void theIdsOfWhatIsShippedNeverChange() {
        assertThat(Fixtures.shipped().fixtures())
                .extracting(fixture -> fixture.identity() + " " + fixture.idOf(0) + " " + fixture.group())
                .containsExactly(
                        "workshop 7c0a4ae8-3963-8b07-afdf-d13ca8855dfb 5ae290ed-55d1-47a0-bc6d-fe2bc2700399",
                        "lantern 13df53e1-b8aa-8969-bdb5-f2aee2567d2c 13df53e1-b8aa-84fd-a7c1-7cbdd4f5b1da",
                        "edge-cases 9d118174-493b-8a52-96ba-1505d9b43b2c 9d118174-493b-898c-8c04-67156fc2493c");
    }
}
