package dev.dynacog.seed;

import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.dynamo.item.Items;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.messages.BulkWrites;
import dev.dynacog.messages.GroupRows;
import dev.dynacog.messages.Groups;
import dev.dynacog.messages.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * A generated population to test paging and load with: one busy person who has a conversation with everybody else. All of
 * it, times and ids too, follows from the numbers it is made with, so that a second run writes the same rows again, and
 * none of it is ever held as a whole.
 */
public final class Population {
    /**
     * How many groups of how many messages, and what the dice begin with.
     *
     * @param ends when the last message was
     */
    public record Request(int groups, int messages, long randomSeed, Instant ends) {
        public long items() {
            return groups * (messages + 3L);
        }
    }

    /** What was written, and how many groups were there already. */
    public record Written(Person busiest, long groups, long same, Capacity capacity) {}

    private static final String[] WORDS = {
        "build", "test", "branch", "review", "queue", "retry", "index", "page", "cache", "schema", "deploy", "trace",
        "green", "slow", "small", "clear", "again", "today", "after", "before", "with", "without", "the", "a", "and"
    };

    private final Items items;
    private final BatchWriter batches;
    private final Request request;

    public Population(Items items, BatchWriter batches, Request request) {
        this.items = items;
        this.batches = batches;
        this.request = request;
    }

    /** Who has all the conversations. */
    public Person busiest() {
        return person(0);
    }

    private Person person(int number) {
        String handle = number == 0 ? "busy" : "someone" + number;
        return new Person(uuid("person " + number), handle, number == 0 ? "Busy Body" : "Someone No. " + number);
    }

    private String uuid(String what) {
        return UUID.nameUUIDFromBytes(
                        ("dynacog population " + request.randomSeed() + " " + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Writes what is missing: a group that is there with its pair is complete.
     *
     * @param progress hears how many more items were written
     * @param present hears how many more were there already
     */
    public Written write(LongConsumer progress, LongConsumer present) {
        Groups groups = new Groups(items);
        GroupRows rows = new GroupRows(items);
        Capacity capacity = Capacity.NONE;
        long same = 0;
        for (int number = 1; number <= request.groups(); number++) {
            Person partner = person(number);
            if (groups.paired(busiest().uuid(), partner.uuid()).isPresent()) {
                same++;
                present.accept(request.messages() + 3L);
                continue;
            }
            Conversation conversation = new Conversation(number, partner);
            capacity = capacity.plus(batches.write(conversation, progress));
            // The lists and the pair come last, for they say that the rest is there.
            rows.make(group(number), busiest(), partner, conversation.last(), conversation.ends());
            progress.accept(3);
        }
        return new Written(busiest(), request.groups() - same, same, capacity);
    }

    private String group(int number) {
        return uuid("group " + number);
    }

    /** The messages of one group, made as they are taken. */
    private final class Conversation implements Iterator<Write> {
        private final int number;
        private final Person partner;
        private final Random random;
        private final Instant ends;
        private int made;
        private String last = "";

        Conversation(int number, Person partner) {
            this.number = number;
            this.partner = partner;
            this.random = new Random(request.randomSeed() * 1_000_003 + number);
            // No two groups end at the same time, since their rows stand in one list.
            this.ends = request.ends().minus(Duration.ofSeconds(number - 1L));
        }

        Instant ends() {
            return ends;
        }

        String last() {
            return last;
        }

        @Override
        public boolean hasNext() {
            return made < request.messages();
        }

        @Override
        public Write next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int line = made++;
            String text = text();
            Instant at = ends.minus(Duration.ofMinutes(request.messages() - line - 1L));
            last = text;
            return BulkWrites.put(
                    group(number),
                    uuid("message " + line + " of " + number),
                    random.nextBoolean() ? busiest() : partner,
                    text,
                    at);
        }

        private String text() {
            int words = 3 + random.nextInt(20);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < words; i++) {
                text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
            }
            return text.append('.').toString();
        }
    }
}
