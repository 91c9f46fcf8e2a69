package dev.dynacog.idsync;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a sync would do: the counts, and every line but those of rows that are right already, changes before others. */
public final class Plan implements AutoCloseable {
    /**
     * The sizes.
     *
     * @param users how many the pool has
     * @param rows how many the table has
     * @param replaced how many of the rows that are to be changed have a value already
     * @param replacedData how many of those have one that is no sub
     * @param realSubs how many rows have what looks like a sub
     * @param otherValues how many rows have neither that nor a placeholder
     * @param shared whether any row has the sub of any user
     */
    public record Counts(
            long users,
            long rows,
            Map<Category, Long> byCategory,
            long replaced,
            long replacedData,
            long realSubs,
            long otherValues,
            boolean shared) {
        public Counts {
            Map<Category, Long> copy = new EnumMap<>(Category.class);
            copy.putAll(byCategory);
            byCategory = copy;
        }

        public long of(Category category) {
            return byCategory.getOrDefault(category, 0L);
        }

        public long changes() {
            return of(Category.TO_UPDATE) + of(Category.TO_INSERT);
        }

        public long ambiguous() {
            return byCategory.entrySet().stream()
                    .filter(count -> count.getKey().isAmbiguous())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        /** Whether there are users and rows that were compared, and no user has what any row has. */
        public boolean nobodyMatches() {
            return rows > 0
                    && of(Category.ONLY_IN_COGNITO) + of(Category.TO_INSERT) > 0
                    && Stream.of(
                                    Category.TO_UPDATE,
                                    Category.ALREADY_RIGHT,
                                    Category.HANDLE_TWICE_IN_COGNITO,
                                    Category.HANDLE_TWICE_IN_POSTGRES,
                                    Category.SUB_HELD_BY_ANOTHER_ROW)
                            .allMatch(category -> of(category) == 0);
        }

        /** Whether subs would be written to a column that seems to be made for something else. */
        public boolean isOfNoSubs() {
            return changes() > 0 && otherValues > realSubs;
        }

        /** Whether the table is in use, with the subs of a pool that has nobody in common with this one. */
        public boolean areOfDifferentPools() {
            return realSubs > 0 && realSubs * 2 >= rows && !shared;
        }
    }

    private final Counts counts;
    private final SortedSpool lines;
    private final byte[] changes;
    private final boolean contended;

    private Plan(Counts counts, SortedSpool lines, boolean contended, byte... changes) {
        this.counts = counts;
        this.lines = lines;
        this.contended = contended;
        this.changes = changes;
    }

    public Counts counts() {
        return counts;
    }

    /** Whether both would write the same. */
    boolean writesTheSameAs(Plan other) {
        return Arrays.equals(changes, other.changes);
    }

    /** Whether a row is to get a sub that another has. */
    boolean isContended() {
        return contended;
    }

    /** Every entry but those that are already right. */
    public void forEach(Consumer<Entry> reader) {
        SortedSpool.Reader found = lines.read();
        for (SortedSpool.Item item = found.take(); item != null; item = found.take()) {
            reader.accept(Change.of(item.value()).entry());
        }
    }

    /** What there is to write, in the order of what is matched: all updates, then all new rows. */
    Changes changes() {
        return new Changes(lines.read());
    }

    /** The changes of a plan, one after the other. */
    static final class Changes {
        private final SortedSpool.Reader lines;

        private Changes(SortedSpool.Reader lines) {
            this.lines = lines;
        }

        boolean hasNext() {
            SortedSpool.Item item = lines.peek();
            return item != null && Category.isPlaceOfChange(item.key()[0]);
        }

        private byte[] nextBytes() {
            SortedSpool.Item item = lines.take();
            return item == null ? new byte[0] : item.value();
        }

        Change next() {
            SortedSpool.Item item = lines.take();
            if (item == null) {
                throw new IllegalStateException("no change is left");
            }
            return Change.of(item.value());
        }
    }

    @Override
    public void close() {
        lines.close();
    }

    /** A plan that is being written down. */
    static final class Writer {
        private final SortedSpool lines = new SortedSpool();
        private long replaced;
        private long replacedData;
        private boolean contended;

        void add(Change change) {
            Entry entry = change.entry();
            if (entry.category() == Category.ALREADY_RIGHT) {
                return;
            }
            replaced += entry.replaces() ? 1 : 0;
            replacedData += entry.replacesData() ? 1 : 0;
            contended |= change.givesUp() && entry.category().isChange();
            lines.add(
                    Fields.key(
                            entry.category().place(),
                            entry.handle().orElse(""),
                            entry.username().orElse(""),
                            entry.sub().orElse("")),
                    change.bytes());
        }

        long replaced() {
            return replaced;
        }

        long replacedData() {
            return replacedData;
        }

        Plan finish(Counts counts) {
            return new Plan(counts, lines, contended, digest());
        }

        private byte[] digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (Changes changes = new Changes(lines.read()); changes.hasNext(); ) {
                    byte[] change = changes.nextBytes();
                    digest.update(change, 0, Change.essence(change));
                }
                return digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
