package dev.dynacog.seed;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.GroupRow;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageTime;
import dev.dynacog.messages.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a fixture changes in a table: messages to put, and messages of its own earlier versions to delete.
 *
 * @param begins when the conversation begins
 */
public record SeedPlan(
        Fixture fixture, Group group, Instant begins, List<Placed> puts, List<Message> deletes, Counts counts) {
    /** So much a message may stand beside its time because another one stands there. */
    private static final Duration NEAR = Duration.ofMillis(1);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * The group, and those who have it.
     *
     * @param strangers rows of people who had the group before the people got other uuids
     */
    public record Group(String id, Person one, Person other, Map<String, List<GroupRow>> strangers) {
        Person person(String handle) {
            return handle.equals(one.handle()) ? one : other;
        }
    }

    /** A line of the fixture with its place in time. */
    public record Placed(int line, String id, Person sender, String text, Instant at) {
        String key() {
            return MessageTime.write(at);
        }

        Placed movedTo(Instant other) {
            return other.equals(at) ? this : new Placed(line, id, sender, text, other);
        }
    }

    /** The keys in the group that no line may take, in their order. */
    interface Taken {
        /**
         * @param kept the keys of the fixture's own messages that stay
         */
        Iterator<String> besides(Set<String> kept);
    }

    /** How many messages are of which kind. */
    public record Counts(int fresh, int changed, int same, int removed) {
        public int written() {
            return fresh + changed + removed;
        }
    }

    static SeedPlan of(Fixture fixture, Group group, List<Message> own, Taken taken, Instant now, boolean restart) {
        return new Comparison(fixture, group, own, now, restart).plan(taken);
    }

    /** Whether anything is to be written. */
    public boolean isSame() {
        return counts.written() == 0 && group.strangers().isEmpty();
    }

    /** The conversation's last message, when it is to be written. */
    Optional<Placed> lastLine() {
        return puts.stream()
                .filter(put -> put.line() == fixture.lines().size() - 1)
                .findFirst();
    }

    /** The fixture beside what is there of it. */
    private static final class Comparison {
        private final Fixture fixture;
        private final Group group;
        private final List<Message> own;
        private final Instant begins;
        private final Map<String, List<Message>> byId = new HashMap<>();
        private final Set<String> keys = new HashSet<>();

        Comparison(Fixture fixture, Group group, List<Message> own, Instant now, boolean restart) {
            this.fixture = fixture;
            this.group = group;
            this.own = own;
            own.forEach(message -> {
                byId.computeIfAbsent(message.uuid(), any -> new ArrayList<>()).add(message);
                keys.add(message.key());
            });
            Instant fresh = MessageTime.toMicros(fixture.start().at(now));
            boolean keeps = !restart && fixture.start() instanceof Fixture.Ago;
            this.begins = keeps ? beganBefore().orElse(fresh) : fresh;
        }

        /**
         * When the conversation began that is there already: a line that is still the same tells, or else the oldest
         * message.
         */
        private Optional<Instant> beganBefore() {
            for (int i = 0; i < fixture.lines().size(); i++) {
                Optional<Instant> newest =
                        known(i).flatMap(message -> message.at().stream()).max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return Optional.of(newest.get().minus(fixture.every().multipliedBy(i)));
                }
            }
            return own.stream().flatMap(message -> message.at().stream()).min(Comparator.naturalOrder());
        }

        /** The messages of a line that are there. */
        private Stream<Message> known(int line) {
            return fixture.allIdsOf(line).stream().flatMap(id -> byId.getOrDefault(id, List.of()).stream());
        }

        SeedPlan plan(Taken taken) {
            requireTimesThatAreKeys();
            List<Placed> wanted = new ArrayList<>();
            Set<String> kept = new HashSet<>();
            for (int i = 0; i < fixture.lines().size(); i++) {
                Placed line = placed(i);
                Optional<Message> same = same(line);
                same.ifPresent(message -> kept.add(message.key()));
                if (same.isEmpty()) {
                    wanted.add(line);
                }
            }
            int same = fixture.lines().size() - wanted.size();
            List<Placed> puts = new FreePlaces(taken.besides(kept)).find(wanted);
            Set<String> putKeys = new HashSet<>();
            Set<String> putIds = new HashSet<>();
            int fresh = 0;
            for (Placed put : puts) {
                String key = put.key();
                fresh += keys.contains(key) || known(put.line()).findAny().isPresent() ? 0 : 1;
                putKeys.add(key);
                putIds.addAll(fixture.allIdsOf(put.line()));
            }
            List<Message> deletes = deletes(puts, kept);
            int removed = (int) deletes.stream()
                    .filter(message -> !putIds.contains(message.uuid()) && !putKeys.contains(message.key()))
                    .count();
            return new SeedPlan(
                    fixture, group, begins, puts, deletes, new Counts(fresh, puts.size() - fresh, same, removed));
        }

        /** A key's year has four digits, or the order of the texts would not be that of the times. */
        private void requireTimesThatAreKeys() {
            Instant ends =
                    begins.plus(fixture.every().multipliedBy(fixture.lines().size()));
            if (begins.isBefore(FIRST) || ends.isAfter(LAST)) {
                throw new DynacogException.Usage(
                        fixture.file() + ": the conversation would last from " + begins + " to " + ends
                                + ", and years go from 0001 to 9999",
                        "change 'starts' or 'every' in the fixture, or --now");
            }
        }

        private Placed placed(int line) {
            Fixture.Line content = fixture.lines().get(line);
            return new Placed(
                    line,
                    fixture.idOf(line),
                    group.person(content.handle()),
                    content.text(),
                    begins.plus(fixture.every().multipliedBy(line)));
        }

        private Optional<Message> same(Placed line) {
            return known(line.line())
                    .filter(message -> message.sender().equals(line.sender())
                            && message.text().equals(line.text()))
                    .filter(message -> message.at()
                            .filter(at -> Duration.between(line.at(), at).abs().compareTo(NEAR) <= 0)
                            .isPresent())
                    .findFirst();
        }

        /**
         * All of its own that is neither kept nor overwritten. The last line is not overwritten but sent, so what stands
         * in its place has to go.
         */
        private List<Message> deletes(List<Placed> puts, Set<String> kept) {
            Set<String> overwritten = new HashSet<>();
            puts.stream()
                    .filter(put -> put.line() != fixture.lines().size() - 1)
                    .forEach(put -> overwritten.add(put.key()));
            return own.stream()
                    .filter(message -> !kept.contains(message.key()) && !overwritten.contains(message.key()))
                    .toList();
        }
    }
}
