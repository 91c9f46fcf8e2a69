package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the subs of a pool's users into the rows that have their handles. The comparison is made here, of rows that are
 * only read; the write plans again, and goes on only if it comes to the plan that was shown.
 */
public final class IdSync {
    /** Names our advisory locks among others'; the table's number is their second half. */
    static final int LOCK_CLASS = 0x44594e43;

    private static final int PAGE = 5_000;
    /** Between two statements the comparison is made. */
    private static final Duration COMPARING = Duration.ofMinutes(5);

    /** How soon the server notices that we are gone, killed or cut off, while a statement of ours runs or waits. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    private final Database database;
    private final SyncRequest request;
    private final Tally tally = new Tally();
    private final Failures failures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile boolean applying;
    private volatile @Nullable Runnable stop;

    public IdSync(Database database, SyncRequest request) {
        this.database = database;
        this.request = request;
        this.failures = new Failures(
                request, database.url().database() + " on " + database.url().hostList(), tally);
    }

    /** How many rows were changed, and how many added. */
    public record Written(long updated, long inserted) {}

    private interface Step<T> {
        T with(Connection connection, TargetTable target) throws SQLException;
    }

    /**
     * Fails early where a sync couldn't go well: before the pool is listed, which can take minutes. No connection is kept
     * for so long, since what lies between would cut it.
     *
     * @param writes whether it is to write, which needs more than a comparison
     */
    public void check(boolean writes) {
        inTransaction(true, (connection, target) -> {
            if (writes) {
                requireWritable(connection);
            }
            target.requireRights(request, writes);
            new Fit(connection, request, target).requireOfAnySub();
            return target;
        });
        database.disconnect();
    }

    /** The session's default, not what our own transactions are. */
    private void requireWritable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select pg_is_in_recovery(), current_setting('default_transaction_read_only')")) {
            found.next();
            if (found.getBoolean(1) || found.getString(2).equals("on")) {
                throw new DynacogException.Access(
                        "database " + database.url().database() + " on "
                                + database.url().hostList() + " is read-only"
                                + (found.getBoolean(1) ? ": it is a replica" : "") + "; 0 rows were changed",
                        "use --check or --dry-run, or connect to the primary server",
                        null);
            }
        }
    }

    /**
     * Compares, and changes nothing.
     *
     * @param writes whether the plan is to be written, which takes another right where it adds rows
     */
    public Plan plan(PoolUsers users, boolean writes) {
        return inTransactionMidRun(true, (connection, target) -> {
            Plan plan = plan(connection, target, users, false);
            if (writes && plan.counts().of(Category.TO_INSERT) > 0) {
                try {
                    target.requireRightToInsert(request);
                } catch (DynacogException e) {
                    plan.close();
                    throw e;
                }
            }
            return plan;
        });
    }

    /**
     * Writes what the plan says.
     *
     * @param batch how many changes a transaction has; without it there is one, for all of it or nothing
     */
    public Written apply(PoolUsers users, Plan shown, OptionalInt batch, Optional<Audit> audit) {
        applying = true;
        try {
            if (batch.isEmpty()) {
                transaction(audit, (connection, target) -> {
                    try (Plan plan = planAgain(connection, target, users, shown)) {
                        write(connection, target, () -> iterator(plan), plan.isContended(), audit);
                    }
                });
            } else {
                try (Plan plan = inTransactionMidRun(
                        true, (connection, target) -> planAgain(connection, target, users, shown))) {
                    inBatches(plan, batch.getAsInt(), audit);
                }
            }
            return tally.written();
        } finally {
            ended.countDown();
            applying = false;
        }
    }

    /** Rows that take subs over from each other go first, in one transaction however many they are. */
    private void inBatches(Plan plan, int size, Optional<Audit> audit) {
        if (plan.isContended()) {
            transaction(audit, (connection, target) -> write(connection, target, () -> contended(plan), true, audit));
        }
        List<Change> batch = new ArrayList<>();
        Iterator<Change> changes = iterator(plan);
        while (changes.hasNext()) {
            Change change = changes.next();
            if (!isInTheFirst(plan, change)) {
                batch.add(change);
            }
            if (batch.size() == size || (!changes.hasNext() && !batch.isEmpty())) {
                transaction(audit, (connection, target) -> write(connection, target, batch::iterator, false, audit));
                batch.clear();
            }
        }
    }

    private static boolean isInTheFirst(Plan plan, Change change) {
        return plan.isContended() && change.contended();
    }

    private static Iterator<Change> contended(Plan plan) {
        List<Change> contended = new ArrayList<>();
        iterator(plan).forEachRemaining(change -> {
            if (change.contended()) {
                contended.add(change);
            }
        });
        return contended.iterator();
    }

    private static Iterator<Change> iterator(Plan plan) {
        Plan.Changes changes = plan.changes();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return changes.hasNext();
            }

            @Override
            public Change next() {
                return changes.next();
            }
        };
    }

    private interface Part {
        void with(Connection connection, TargetTable target) throws SQLException;
    }

    /** A transaction that writes, and that its audit says the end of. */
    private void transaction(Optional<Audit> audit, Part part) {
        audit.ifPresent(Audit::begin);
        try {
            inTransactionMidRun(false, (connection, target) -> {
                lockOutOtherSyncs(connection, target);
                part.with(connection, target);
                return target;
            });
        } catch (RuntimeException e) {
            audit.ifPresent(file -> file.conclude(Audit.ROLLED_BACK, 0));
            throw e;
        }
    }

    private void write(
            Connection connection,
            TargetTable target,
            Supplier<Iterator<Change>> changes,
            boolean contended,
            Optional<Audit> audit)
            throws SQLException {
        Written written = new RowWriter(connection, request, target, tally, this::goOn).write(changes, contended);
        audit.ifPresent(file -> file.changes(changes.get(), tally));
        commit(connection, written, audit);
    }

    private Plan planAgain(Connection connection, TargetTable target, PoolUsers users, Plan shown) throws SQLException {
        Plan plan = plan(connection, target, users, true);
        if (!plan.writesTheSameAs(shown)) {
            plan.close();
            throw new DynacogException.Failed(
                    "the table was changed since the plan was made; 0 rows were changed by this run",
                    "run again to see the new plan; if it happens again, a policy or trigger on the table may"
                            + " interfere");
        }
        return plan;
    }

    private Plan plan(Connection connection, TargetTable target, PoolUsers users, boolean withPlaces)
            throws SQLException {
        try (Comparison comparison = new Comparison(request, target)) {
            read(connection, new Statements(request, target), withPlaces, comparison::add);
            Plan plan = comparison.with(users);
            goOn();
            new Fit(connection, request, target).require(plan);
            return plan;
        }
    }

    private void read(Connection connection, Statements sql, boolean withPlaces, Consumer<Row> consumer)
            throws SQLException {
        goOn();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet found = statement.executeQuery(withPlaces ? sql.rowsAndPlaces() : sql.rows())) {
                while (found.next()) {
                    consumer.accept(new Row(
                            Optional.ofNullable(found.getString(1)),
                            Optional.ofNullable(found.getString(2)),
                            withPlaces
                                    ? Optional.of(new Row.Place(found.getString(3), found.getString(4)))
                                    : Optional.empty()));
                }
            }
        }
    }

    /** When the database was there before, and is gone now, what that means for its rows has to be said. */
    private <T> T inTransactionMidRun(boolean readOnly, Step<T> step) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return inTransaction(readOnly, (connection, target) -> {
                begun.set(true);
                return step.with(connection, target);
            });
        } catch (DynacogException.Unreachable e) {
            throw begun.get() ? e : failures.beforeBegin(e);
        }
    }

    private <T> T inTransaction(boolean readOnly, Step<T> step) {
        return database.run(connection -> {
            connection.setNetworkTimeout(Runnable::run, (int)
                    request.statementTimeout().plusSeconds(15).toMillis());
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            long relation = 0;
            try {
                stop = Database.stop(connection);
                goOn();
                settings(connection);
                TargetTable target = TargetTable.find(connection, request);
                relation = target.oid();
                return step.with(connection, target);
            } catch (SQLException e) {
                rollBack(connection);
                goOn();
                throw failures.beforeCommit(e, connection, relation);
            } finally {
                stop = null;
                rollBack(connection);
            }
        });
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            // Then the server has rolled back by itself.
        }
    }

    private void settings(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
                  set_config('idle_in_transaction_session_timeout', ?, true), set_config('jit', 'off', true),
                  set_config('random_page_cost', '0.01', true),
                  (select set_config(name, ?, true) from pg_settings
                   where name = 'client_connection_check_interval' and version() like '%linux%')""")) {
            statement.setString(1, Long.toString(request.lockTimeout().toMillis()));
            statement.setString(2, Long.toString(request.statementTimeout().toMillis()));
            statement.setString(
                    3, Long.toString(request.statementTimeout().plus(COMPARING).toMillis()));
            statement.setString(4, Long.toString(NOTICED_WITHIN.toMillis()));
            statement.execute();
        }
    }

    private static void lockOutOtherSyncs(Connection connection, TargetTable target) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, (int) target.oid());
            statement.execute();
        }
    }

    private void commit(Connection connection, Written written, Optional<Audit> audit) {
        goOn();
        tally.commitIsSent();
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Failures.isLost(e)) {
                audit.ifPresent(file -> file.conclude(Audit.UNKNOWN, 0));
            } else {
                tally.commitWasRefused();
            }
            throw failures.atCommit(e);
        }
        tally.add(written);
        audit.ifPresent(file -> file.conclude(Audit.COMMITTED, written.updated() + written.inserted()));
    }

    private void goOn() {
        if (ending) {
            throw new DynacogException.Failed("interrupted; " + tally.said(), "");
        }
    }

    /**
     * Ends the run from another thread: on the server, and soon. Returns what became of the rows.
     *
     * @param patience how long to wait for the server's answer
     * @param audit gets the outcome where the run didn't come to telling it, which may have been before it wrote
     */
    public String end(Duration patience, Optional<Audit> audit) {
        ending = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            do {
                Runnable running = stop;
                if (running != null) {
                    running.run();
                }
            } while (applying && System.nanoTime() < deadline && !ended.await(500, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audit.ifPresent(file -> file.conclude(tally.isUnknown() ? Audit.UNKNOWN : Audit.ROLLED_BACK, 0));
        return tally.said();
    }
}
