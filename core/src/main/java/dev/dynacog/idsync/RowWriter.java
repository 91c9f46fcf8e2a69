package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries changes out, within a transaction of somebody else's. Only the rows that change are locked, in the order of what
 * is matched, and each is compared with the plan when it is locked.
 */
final class RowWriter {
    private static final int AT_ONCE = 5_000;

    private final Connection connection;
    private final SyncRequest request;
    private final TargetTable target;
    private final Statements sql;
    private final Tally tally;
    private final Runnable goOn;
    private final String salt = UUID.randomUUID().toString();

    /**
     * A writer.
     *
     * @param goOn fails when the run is to end
     */
    RowWriter(Connection connection, SyncRequest request, TargetTable target, Tally tally, Runnable goOn) {
        this.connection = connection;
        this.request = request;
        this.target = target;
        this.sql = new Statements(request, target);
        this.tally = tally;
        this.goOn = goOn;
    }

    private enum Step {
        /** Only locks. */
        LOCK,
        /** Takes subs away that other rows are to get: under a unique index no two may have one even for a moment. */
        GIVE_UP,
        WRITE
    }

    /**
     * Writes all of it.
     *
     * @param changes in the order of what is matched, updates first; gone through several times
     * @param contended whether a row gets a sub that another has
     */
    IdSync.Written write(Supplier<Iterator<Change>> changes, boolean contended) throws SQLException {
        if (contended) {
            update(changes.get(), Step.LOCK, true);
            update(changes.get(), Step.GIVE_UP, true);
        }
        long updated = update(changes.get(), Step.WRITE, contended);
        return new IdSync.Written(updated, request.insertMissing() ? insert(changes.get()) : 0);
    }

    private long update(Iterator<Change> changes, Step step, boolean contended) throws SQLException {
        long count = 0;
        List<Change> some = new ArrayList<>();
        while (changes.hasNext()) {
            Change change = changes.next();
            if (change.entry().category() == Category.TO_UPDATE && (step != Step.GIVE_UP || change.givesUp())) {
                some.add(change);
            }
            if (some.size() == AT_ONCE || !changes.hasNext()) {
                count += update(some, step, contended);
                some.clear();
            }
        }
        return count;
    }

    private long update(List<Change> some, Step step, boolean contended) throws SQLException {
        if (some.isEmpty()) {
            return 0;
        }
        List<Row.Place> places = lock(some, step == Step.WRITE && contended);
        if (step == Step.LOCK) {
            return 0;
        }
        goOn.run();
        try (PreparedStatement statement = connection.prepareStatement(sql.update())) {
            statement.setArray(1, texts(places, Row.Place::table));
            statement.setArray(2, texts(places, Row.Place::position));
            statement.setArray(3, texts(some, change -> step == Step.GIVE_UP ? placeholder(change) : change.sub()));
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                requireCount("changed", some.size(), found.getLong(1));
                requireCount("left as they were written", some.size(), found.getLong(2));
            }
        }
        return some.size();
    }

    /** A value that nobody has, and that looks like a sub, for columns that take nothing else. */
    private String placeholder(Change change) {
        UUID hash = UUID.nameUUIDFromBytes((salt + change.sub()).getBytes(StandardCharsets.UTF_8));
        long asIfRandom = (hash.getMostSignificantBits() & ~0xf000L) | 0x4000L;
        return new UUID(asIfRandom, hash.getLeastSignificantBits()).toString();
    }

    /** Locks the rows and returns where each of them is now. */
    private List<Row.Place> lock(List<Change> some, boolean afterGivingUp) throws SQLException {
        Row.@Nullable Place[] places = new Row.Place[some.size()];
        goOn.run();
        try (PreparedStatement statement = connection.prepareStatement(sql.lockAtPlaces())) {
            statement.setArray(1, texts(some, change -> place(change).table()));
            statement.setArray(2, texts(some, change -> place(change).position()));
            lock(statement, some, number -> number, places, afterGivingUp);
        }
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                moved.add(i);
            }
        }
        if (!moved.isEmpty()) {
            goOn.run();
            try (PreparedStatement statement = connection.prepareStatement(sql.lockByMatch())) {
                statement.setArray(1, texts(moved, index -> match(some.get(index))));
                lock(statement, some, moved::get, places, afterGivingUp);
            }
        }
        List<Row.Place> all = new ArrayList<>(places.length);
        for (Row.Place place : places) {
            if (place == null) {
                throw changed();
            }
            all.add(place);
        }
        return all;
    }

    private void lock(
            PreparedStatement statement,
            List<Change> some,
            Function<Integer, Integer> index,
            Row.@Nullable Place[] places,
            boolean afterGivingUp)
            throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                int at = index.apply(found.getInt(1) - 1);
                Change change = some.get(at);
                if (!match(change).equals(found.getString(4))) {
                    continue;
                }
                Optional<String> expected = afterGivingUp && change.givesUp()
                        ? Optional.of(placeholder(change))
                        : change.entry().old();
                if (places[at] != null || !expected.equals(Optional.ofNullable(found.getString(5)))) {
                    throw changed();
                }
                places[at] = new Row.Place(found.getString(2), found.getString(3));
            }
        }
    }

    private static String match(Change change) {
        return change.target().match().orElse("");
    }

    private static Row.Place place(Change change) {
        return change.target().place().orElseThrow(() -> new IllegalStateException("no place"));
    }

    private DynacogException changed() {
        return new DynacogException.Failed(
                "the table was changed since the plan was made; " + tally.said() + " by this run",
                "run again to see the new plan; if it happens again, a policy or trigger on the table may"
                        + " interfere");
    }

    private long insert(Iterator<Change> changes) throws SQLException {
        long count = 0;
        List<PoolUser> some = new ArrayList<>();
        while (changes.hasNext()) {
            Change change = changes.next();
            if (change.entry().category() == Category.TO_INSERT) {
                some.add(change.person());
            }
            if (some.size() == AT_ONCE || !changes.hasNext()) {
                count += insert(some);
                some.clear();
            }
        }
        return count;
    }

    private long insert(List<PoolUser> some) throws SQLException {
        if (some.isEmpty()) {
            return 0;
        }
        goOn.run();
        Map<TargetTable.Column, Function<PoolUser, Optional<String>>> values = target.valuesOfNewRow(request);
        Set<String> expected = new HashSet<>();
        TargetTable.Column id = target.column(request.idColumn());
        some.forEach(user -> expected.add(
                user.match().orElse("") + '\0' + id.canonical(user.sub().orElse(""))));
        try (PreparedStatement statement = connection.prepareStatement(sql.insert(values.keySet()))) {
            int index = 1;
            for (Function<PoolUser, Optional<String>> value : values.values()) {
                statement.setArray(
                        index++, texts(some, user -> value.apply(user).orElse(null)));
            }
            long added = 0;
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    added++;
                    expected.remove(found.getString(1) + '\0' + found.getString(2));
                }
            }
            requireCount("added", some.size(), added);
            requireCount("left as they were added", some.size(), some.size() - expected.size());
            return added;
        }
    }

    private <T> Array texts(List<T> of, Function<T, @Nullable String> text) throws SQLException {
        Object[] texts = new Object[of.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.apply(of.get(i));
        }
        return connection.createArrayOf("text", texts);
    }

    private void requireCount(String what, long planned, long actual) {
        if (planned != actual) {
            throw new DynacogException.Failed(
                    actual + " rows would have been " + what + " instead of " + planned + "; " + tally.said(),
                    "a trigger, rule or policy on the table may interfere; run again with --debug for details");
        }
    }
}
