package dev.dynacog.seed;

import dev.dynacog.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation of two people, to be written into a table.
 *
 * @param ids the ids that it gives
 * @param earlierIds the ids that it gave when a fixture was known by the name of its file alone
 * @param people the handles of the two
 * @param every how much time is between two messages
 */
public record Fixture(
        Origin origin,
        MessageIds ids,
        Optional<MessageIds> earlierIds,
        Optional<String> groupId,
        List<String> people,
        Start start,
        Duration every,
        List<Line> lines) {

    /** One message. */
    public record Line(String handle, String text) {}

    /** When a conversation begins. */
    public sealed interface Start {
        Instant at(Instant now);
    }

    /** So long before it is seeded for the first time. */
    public record Ago(Duration before) implements Start {
        @Override
        public Instant at(Instant now) {
            return now.minus(before);
        }
    }

    public record Fixed(Instant instant) implements Start {
        @Override
        public Instant at(Instant now) {
            return instant;
        }
    }

    public Fixture {
        people = List.copyOf(people);
        lines = List.copyOf(lines);
    }

    /** The file's name without its ending. */
    public String name() {
        return origin.name();
    }

    /** The file, as it was given. */
    public String file() {
        return origin.file();
    }

    /** What it is known by, however it changes. */
    public String identity() {
        return ids.identity();
    }

    /** The group's id: the one that is given, or else one that is made of the fixture's identity. */
    String group() {
        return groupId.orElseGet(ids::group);
    }

    String idOf(int line) {
        return ids.of(line, lines.get(line).text());
    }

    /** All ids by which a line may be known in a table, the current one first. */
    List<String> allIdsOf(int line) {
        String text = lines.get(line).text();
        return earlierIds
                .map(earlier -> List.of(ids.of(line, text), earlier.of(line, text)))
                .orElseGet(() -> List.of(ids.of(line, text)));
    }

    /** Whether a message is one that this fixture, in whatever version, wrote. */
    boolean made(Message message) {
        return ids.gave(message.uuid());
    }

    /** Whether a message is one that a fixture of this file's name wrote, in whatever folder it was. */
    boolean mayHaveMadeEarlier(Message message) {
        return earlierIds.filter(ids -> ids.gave(message.uuid())).isPresent();
    }

    /** Of fixtures that had one name, the one most of whose texts are there is the one that wrote them. */
    boolean recognizes(List<Message> earlier) {
        Set<String> texts = new HashSet<>();
        lines.forEach(line -> texts.add(line.text()));
        long known = earlier.stream()
                .filter(message -> texts.contains(message.text()))
                .count();
        return known * 2 > earlier.size();
    }
}
