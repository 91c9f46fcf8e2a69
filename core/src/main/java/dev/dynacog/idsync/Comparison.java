package dev.dynacog.idsync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is to be done: users and rows, both sorted by what is matched, are gone through side by side; then subs
 * and what rows have now, both sorted. No more than a few of them are in memory at once, and Postgres is asked for nothing
 * but its rows.
 */
final class Comparison implements AutoCloseable {
    private static final int NOBODY = -1;

    private final SyncRequest request;
    /** Whether a user has what a new row needs. */
    private final Predicate<PoolUser> hasAllOfANewRow;
    /** How the table's column writes a sub. */
    private final TargetTable.Column idColumn;

    private final SortedSpool rows = new SortedSpool();
    private final SortedSpool lines = new SortedSpool();
    private final SortedSpool wanted = new SortedSpool();
    private final SortedSpool held = new SortedSpool();
    private final SortedSpool holders = new SortedSpool();
    private final Map<Category, Long> counts = new EnumMap<>(Category.class);
    private int rowCount;
    private long realSubs;
    private long otherValues;
    private boolean shared;
    private int lineCount;
    private int rowNumber;

    Comparison(SyncRequest request, TargetTable target) {
        this(request, target.column(request.idColumn()), user -> target.hasAllOfANewRow(user, request));
    }

    Comparison(SyncRequest request, TargetTable.Column idColumn, Predicate<PoolUser> hasAllOfANewRow) {
        this.request = request;
        this.idColumn = idColumn;
        this.hasAllOfANewRow = hasAllOfANewRow;
    }

    /** One more row, in any order. */
    void add(Row row) {
        String match = row.match().orElse("");
        rows.add(Fields.key(StorableText.fold(match), request.ignoreCase() ? "" : match, match), row.bytes());
        rowCount++;
        switch (OldValue.of(row.old())) {
            case SUB -> realSubs++;
            case OTHER -> otherValues++;
            case PLACEHOLDER -> {}
        }
    }

    /** Compares with all the rows. */
    Plan with(PoolUsers pool) {
        matchUp(new Users(pool.byMatch()), new Rows(rows.read()));
        Contention contention = contention();
        try (SortedSpool details = holders) {
            return finish(pool, contention, details.read());
        }
    }

    private final class Users {
        private final SortedSpool.Reader reader;
        private @Nullable PoolUser next;

        Users(SortedSpool.Reader reader) {
            this.reader = reader;
            take();
        }

        PoolUser take() {
            PoolUser taken = next;
            SortedSpool.Item item = reader.take();
            next = item == null ? null : PoolUser.of(item.value());
            return taken == null ? NONE : taken;
        }

        @Nullable
        String fold() {
            return next == null ? null : StorableText.fold(next.match().orElse(""));
        }

        boolean has(String fold, String key) {
            return next != null
                    && fold.equals(fold())
                    && (request.ignoreCase() || key.equals(next.match().orElse("")));
        }

        boolean competes(String fold, String key) {
            return has(fold, key) && next != null && next.competes();
        }
    }

    private static final PoolUser NONE = new PoolUser(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final class Rows {
        private final SortedSpool.Reader reader;
        private @Nullable Row next;

        Rows(SortedSpool.Reader reader) {
            this.reader = reader;
            advance();
        }

        Row take() {
            Row taken = next;
            if (taken == null) {
                throw new IllegalStateException("no row is left");
            }
            advance();
            return taken;
        }

        private void advance() {
            SortedSpool.Item item = reader.take();
            next = item == null ? null : Row.of(new Fields.Reader(item.value()));
        }

        @Nullable
        String fold() {
            return next == null ? null : StorableText.fold(next.match().orElse(""));
        }

        Optional<String> match() {
            return next == null ? Optional.empty() : next.match();
        }

        boolean has(String fold, String key) {
            return next != null
                    && fold.equals(fold())
                    && (request.ignoreCase() || key.equals(next.match().orElse("")));
        }
    }

    private void matchUp(Users users, Rows found) {
        // Without a handle nobody is matched.
        while (users.has("", "")) {
            alone(users.take());
        }
        while (found.has("", "")) {
            onlyInPostgres(found.take());
        }
        while (users.next != null || found.next != null) {
            String fold = first(users.fold(), found.fold());
            Optional<String> similar = fold.equals(found.fold()) ? found.match() : Optional.empty();
            while (fold.equals(users.fold()) || fold.equals(found.fold())) {
                String ofUser = fold.equals(users.fold()) && users.next != null
                        ? users.next.match().orElse("")
                        : null;
                String ofRow = fold.equals(found.fold()) ? found.match().orElse("") : null;
                matchUp(users, found, fold, first(ofUser, ofRow), similar);
            }
        }
    }

    /** The one that comes first where texts are in the order of their bytes. */
    private static String first(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return a == null ? String.valueOf(b) : a;
        }
        return Arrays.compareUnsigned(Fields.key(a), Fields.key(b)) <= 0 ? a : b;
    }

    /**
     * All who have one handle.
     *
     * @param similar a row's that differs in case at most
     */
    private void matchUp(Users users, Rows found, String fold, String key, Optional<String> similar) {
        if (!users.has(fold, key)) {
            while (found.has(fold, key)) {
                onlyInPostgres(found.take());
            }
            return;
        }
        Optional<Row> row = Optional.empty();
        int times = 0;
        while (found.has(fold, key)) {
            Row next = found.take();
            times++;
            if (times == 1) {
                row = Optional.of(next);
            } else {
                row.ifPresent(before -> hold(before, NOBODY));
                row = Optional.of(next);
            }
        }
        boolean twice = false;
        boolean rowIsTaken = false;
        while (users.has(fold, key)) {
            PoolUser user = users.take();
            if (!user.isCandidate()) {
                twice |= user.competes() && users.competes(fold, key);
                alone(user);
                continue;
            }
            twice |= users.competes(fold, key);
            Optional<String> match = user.match();
            if (twice) {
                line(entry(Category.HANDLE_TWICE_IN_COGNITO, user, match, Optional.empty()), user);
            } else if (times > 1) {
                line(entry(Category.HANDLE_TWICE_IN_POSTGRES, user, match, Optional.of(times + " rows")), user);
            } else if (row.isEmpty()) {
                onlyInCognito(user, request.ignoreCase() ? Optional.empty() : similar);
            } else {
                paired(user, row.get());
                rowIsTaken = true;
            }
        }
        if (!rowIsTaken) {
            row.ifPresent(untouched -> hold(untouched, NOBODY));
        }
    }

    private void alone(PoolUser user) {
        line(entry(user.state().orElse(Category.NO_HANDLE), user, user.shown(), Optional.empty()), user);
    }

    private void onlyInCognito(PoolUser user, Optional<String> similar) {
        want(user, lineCount, NOBODY);
        Category category = Category.ONLY_IN_COGNITO;
        Optional<String> detail = similar.map(row -> "row " + row + " differs in case");
        if (detail.isEmpty() && request.insertMissing()) {
            if (hasAllOfANewRow.test(user)) {
                category = Category.TO_INSERT;
            } else {
                detail = Optional.of("a required column would be empty");
            }
        }
        add(new Change(entry(category, user, user.match(), detail), Optional.empty(), Optional.of(user), false, false));
    }

    private void paired(PoolUser user, Row row) {
        String sub = idColumn.canonical(user.sub().orElse(""));
        boolean right = row.old().filter(sub::equals).isPresent();
        Category category = right ? Category.ALREADY_RIGHT : Category.TO_UPDATE;
        want(user, lineCount, rowNumber);
        if (right) {
            // Only this user can want what the row has.
            rowNumber++;
        } else {
            hold(row, lineCount);
        }
        add(new Change(
                new Entry(
                        category,
                        Optional.of(user.username()),
                        user.match(),
                        Optional.of(sub),
                        row.old(),
                        Optional.empty()),
                Optional.of(row),
                Optional.empty(),
                false,
                false));
    }

    private void onlyInPostgres(Row row) {
        hold(row, NOBODY);
        add(new Change(
                new Entry(
                        Category.ONLY_IN_POSTGRES,
                        Optional.empty(),
                        row.match(),
                        Optional.empty(),
                        row.old(),
                        Optional.empty()),
                Optional.of(row),
                Optional.empty(),
                false,
                false));
    }

    private Entry entry(Category category, PoolUser user, Optional<String> handle, Optional<String> detail) {
        return new Entry(
                category,
                Optional.of(user.username()),
                handle,
                category.isChange() ? user.sub().map(idColumn::canonical) : user.sub(),
                Optional.empty(),
                detail);
    }

    private void line(Entry entry, PoolUser user) {
        want(user, NOBODY, NOBODY);
        add(new Change(entry, Optional.empty(), Optional.empty(), false, false));
    }

    private void add(Change change) {
        lines.add(Fields.key(lineCount), change.bytes());
        lineCount++;
    }

    private void want(PoolUser user, int line, int row) {
        if (realSubs == 0) {
            // Nobody can be in the way.
            return;
        }
        user.sub()
                .ifPresent(sub -> wanted.add(
                        Fields.key(idColumn.canonical(sub)),
                        new Fields.Writer().number(line).number(row).bytes()));
    }

    private void hold(Row row, int line) {
        int number = rowNumber++;
        row.old()
                .filter(PoolUsers::isSub)
                .ifPresent(old -> held.add(
                        Fields.key(old),
                        new Fields.Writer()
                                .number(line)
                                .number(number)
                                .text(row.match())
                                .bytes()));
    }

    /** Who waits for whom: of each line, by its number. */
    private record Contention(BitSet contended, BitSet givingUp, BitSet blocked) {}

    private Contention contention() {
        BitSet contended = new BitSet();
        BitSet givingUp = new BitSet();
        BitSet blocked = new BitSet();
        int[] waiting = new int[0];
        SortedSpool.Reader subs = wanted.read();
        SortedSpool.Reader olds = held.read();
        while (subs.peek() != null && olds.peek() != null) {
            byte[] sub = key(subs);
            int order = Arrays.compareUnsigned(sub, key(olds));
            if (order < 0) {
                subs.take();
                continue;
            }
            if (order > 0) {
                olds.take();
                continue;
            }
            shared = true;
            int line = NOBODY;
            int row = NOBODY;
            while (subs.peek() != null && Arrays.equals(sub, key(subs))) {
                Fields.Reader want = new Fields.Reader(value(subs));
                int wanting = want.number();
                if (wanting != NOBODY) {
                    line = wanting;
                    row = want.number();
                }
            }
            while (olds.peek() != null && Arrays.equals(sub, key(olds))) {
                Fields.Reader hold = new Fields.Reader(value(olds));
                int holding = hold.number();
                int holdingRow = hold.number();
                if (line == NOBODY || holdingRow == row) {
                    continue;
                }
                if (holding == NOBODY) {
                    blocked.set(line);
                    String holder = hold.text().orElse("");
                    holders.add(Fields.key(line), Fields.key(holder));
                } else {
                    contended.set(line);
                    contended.set(holding);
                    givingUp.set(holding);
                    waiting = noted(waiting, holding, line);
                }
            }
        }
        spread(blocked, waiting);
        return new Contention(contended, givingUp, blocked);
    }

    /** That a line waits for another's row to change; one more than its number, for nobody is zero. */
    private static int[] noted(int[] waiting, int holding, int line) {
        int[] grown =
                holding < waiting.length ? waiting : Arrays.copyOf(waiting, Math.max(holding + 1, waiting.length * 2));
        grown[holding] = line + 1;
        return grown;
    }

    /** A row that can't change doesn't give its sub free, and so it goes on along the chain. */
    private static void spread(BitSet blocked, int... waiting) {
        BitSet direct = (BitSet) blocked.clone();
        for (int from = direct.nextSetBit(0); from >= 0; from = direct.nextSetBit(from + 1)) {
            int at = from;
            while (at < waiting.length && waiting[at] != 0 && !blocked.get(waiting[at] - 1)) {
                at = waiting[at] - 1;
                blocked.set(at);
            }
        }
    }

    private static byte[] key(SortedSpool.Reader reader) {
        SortedSpool.Item item = reader.peek();
        return item == null ? new byte[0] : item.key();
    }

    private static byte[] value(SortedSpool.Reader reader) {
        SortedSpool.Item item = reader.take();
        return item == null ? new byte[0] : item.value();
    }

    private Plan finish(PoolUsers pool, Contention contention, SortedSpool.Reader details) {
        Plan.Writer writer = new Plan.Writer();
        SortedSpool.Reader reader = lines.read();
        int number = 0;
        for (SortedSpool.Item item = reader.take(); item != null; item = reader.take()) {
            Optional<String> holder = Optional.empty();
            while (details.peek() != null && Arrays.equals(key(details), item.key())) {
                byte[] name = value(details);
                if (holder.isEmpty()) {
                    holder = Optional.of(new String(name, StandardCharsets.UTF_8));
                }
            }
            Change change = Change.of(item.value());
            if (contention.blocked.get(number)) {
                String why = holder.map(row -> "row " + row + " has it").orElse("the row that has it can't change");
                change = new Change(
                        change.entry().as(Category.SUB_HELD_BY_ANOTHER_ROW, Optional.of(why)),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false);
            } else if (contention.contended.get(number)) {
                change = new Change(change.entry(), change.row(), change.user(), true, contention.givingUp.get(number));
            }
            counts.merge(change.entry().category(), 1L, Long::sum);
            writer.add(change);
            number++;
        }
        shared |= counts.getOrDefault(Category.ALREADY_RIGHT, 0L) > 0;
        return writer.finish(new Plan.Counts(
                pool.distinct(),
                rowCount,
                counts,
                writer.replaced(),
                writer.replacedData(),
                realSubs,
                otherValues,
                shared));
    }

    @Override
    public void close() {
        rows.close();
        lines.close();
        wanted.close();
        held.close();
        holders.close();
    }
}
