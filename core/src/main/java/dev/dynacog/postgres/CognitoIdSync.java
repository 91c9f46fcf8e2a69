package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
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
import org.postgresql.PGConnection;

/**
 * Writes the subs of a pool's users into the rows that have their handles. The comparison is made here, of rows that are
 * only read; the write plans again, and goes on only if it comes to the plan that was shown.
 */
public final class CognitoIdSync {
    /** Names our advisory locks among others'; the table's number is their second half. */
    static final int LOCK_CLASS = 0x44594e43;

    private static final int PAGE = 5_000;
    /** Between two statements the comparison is made. */
    private static final Duration COMPARING = Duration.ofMinutes(5);

    private final Database database;
    private final CognitoIdSyncRequest request;
    private final CognitoIdSyncTally tally = new CognitoIdSyncTally();
    private final CognitoIdSyncFailures failures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile boolean applying;
    private volatile int backend;

    public CognitoIdSync(Database database, CognitoIdSyncRequest request) {
        this.database = database;
        this.request = request;
        this.failures = new CognitoIdSyncFailures(
                request, database.url().database() + " on " + database.url().hostList(), tally);
    }

    /** How many rows were changed, and how many added. */
    public record Written(long updated, long inserted) {}

    private interface Step<T> {
        T with(Connection connection, CognitoIdSyncTarget target) throws SQLException;
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
            new CognitoIdSyncFit(connection, request, target).requireOfAnySub();
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
                        "--check and --dry-run work there; write to the primary server",
                        null);
            }
        }
    }

    /** Compares, and changes nothing. */
    public CognitoIdSyncPlan plan(CognitoIdSyncUsers users) {
        return inTransactionMidRun(true, (connection, target) -> plan(connection, target, users, false));
    }

    /**
     * Writes what the plan says.
     *
     * @param batch how many changes a transaction has; without it there is one, for all of it or nothing
     */
    public Written apply(
            CognitoIdSyncUsers users, CognitoIdSyncPlan shown, OptionalInt batch, Optional<CognitoIdSyncAudit> audit) {
        applying = true;
        try {
            if (batch.isEmpty()) {
                transaction(audit, (connection, target) -> {
                    try (CognitoIdSyncPlan plan = planAgain(connection, target, users, shown)) {
                        write(connection, target, () -> iterator(plan), plan.isContended(), audit);
                    }
                });
            } else {
                try (CognitoIdSyncPlan plan = inTransactionMidRun(
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
    private void inBatches(CognitoIdSyncPlan plan, int size, Optional<CognitoIdSyncAudit> audit) {
        if (plan.isContended()) {
            transaction(audit, (connection, target) -> write(connection, target, () -> contended(plan), true, audit));
        }
        List<CognitoIdSyncChange> batch = new ArrayList<>();
        Iterator<CognitoIdSyncChange> changes = iterator(plan);
        while (changes.hasNext()) {
            CognitoIdSyncChange change = changes.next();
            if (!isInTheFirst(plan, change)) {
                batch.add(change);
            }
            if (batch.size() == size || (!changes.hasNext() && !batch.isEmpty())) {
                transaction(audit, (connection, target) -> write(connection, target, batch::iterator, false, audit));
                batch.clear();
            }
        }
    }

    private static boolean isInTheFirst(CognitoIdSyncPlan plan, CognitoIdSyncChange change) {
        return plan.isContended() && change.contended();
    }

    private static Iterator<CognitoIdSyncChange> contended(CognitoIdSyncPlan plan) {
        List<CognitoIdSyncChange> contended = new ArrayList<>();
        iterator(plan).forEachRemaining(change -> {
            if (change.contended()) {
                contended.add(change);
            }
        });
        return contended.iterator();
    }

    private static Iterator<CognitoIdSyncChange> iterator(CognitoIdSyncPlan plan) {
        CognitoIdSyncPlan.Changes changes = plan.changes();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return changes.hasNext();
            }

            @Override
            public CognitoIdSyncChange next() {
                return changes.next();
            }
        };
    }

    private interface Part {
        void with(Connection connection, CognitoIdSyncTarget target) throws SQLException;
    }

    /** A transaction that writes, and that its audit says the end of. */
    private void transaction(Optional<CognitoIdSyncAudit> audit, Part part) {
        audit.ifPresent(CognitoIdSyncAudit::begin);
        try {
            inTransactionMidRun(false, (connection, target) -> {
                lockOutOtherSyncs(connection, target);
                part.with(connection, target);
                return target;
            });
        } catch (RuntimeException e) {
            audit.ifPresent(file -> file.conclude(CognitoIdSyncAudit.ROLLED_BACK, 0));
            throw e;
        }
    }

    private void write(
            Connection connection,
            CognitoIdSyncTarget target,
            Supplier<Iterator<CognitoIdSyncChange>> changes,
            boolean contended,
            Optional<CognitoIdSyncAudit> audit)
            throws SQLException {
        Written written =
                new CognitoIdSyncWriter(connection, request, target, tally, this::goOn).write(changes, contended);
        audit.ifPresent(file -> file.changes(changes.get(), tally));
        commit(connection, written, audit);
    }

    private CognitoIdSyncPlan planAgain(
            Connection connection, CognitoIdSyncTarget target, CognitoIdSyncUsers users, CognitoIdSyncPlan shown)
            throws SQLException {
        CognitoIdSyncPlan plan = plan(connection, target, users, true);
        if (!plan.writesTheSameAs(shown)) {
            plan.close();
            throw new DynacogException.Failed(
                    "the table was changed since the plan was made; 0 rows were changed by this run",
                    "run it again, to see the new plan");
        }
        return plan;
    }

    private CognitoIdSyncPlan plan(
            Connection connection, CognitoIdSyncTarget target, CognitoIdSyncUsers users, boolean withPlaces)
            throws SQLException {
        try (CognitoIdSyncComparison comparison = new CognitoIdSyncComparison(request, target)) {
            read(connection, new CognitoIdSyncSql(request, target), withPlaces, comparison::add);
            CognitoIdSyncPlan plan = comparison.with(users);
            goOn();
            new CognitoIdSyncFit(connection, request, target).require(plan);
            return plan;
        }
    }

    private void read(
            Connection connection, CognitoIdSyncSql sql, boolean withPlaces, Consumer<CognitoIdSyncRow> consumer)
            throws SQLException {
        goOn();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet found = statement.executeQuery(withPlaces ? sql.rowsAndPlaces() : sql.rows())) {
                while (found.next()) {
                    consumer.accept(new CognitoIdSyncRow(
                            Optional.ofNullable(found.getString(1)),
                            Optional.ofNullable(found.getString(2)),
                            withPlaces
                                    ? Optional.of(new CognitoIdSyncRow.Place(found.getString(3), found.getString(4)))
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
                backend = connection.unwrap(PGConnection.class).getBackendPID();
                goOn();
                settings(connection);
                CognitoIdSyncTarget target = CognitoIdSyncTarget.find(connection, request);
                relation = target.oid();
                return step.with(connection, target);
            } catch (SQLException e) {
                rollBack(connection);
                goOn();
                throw failures.beforeCommit(e, connection, relation);
            } finally {
                backend = 0;
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
                  set_config('random_page_cost', '0.01', true)""")) {
            statement.setString(1, Long.toString(request.lockTimeout().toMillis()));
            statement.setString(2, Long.toString(request.statementTimeout().toMillis()));
            statement.setString(
                    3, Long.toString(request.statementTimeout().plus(COMPARING).toMillis()));
            statement.execute();
        }
    }

    private static void lockOutOtherSyncs(Connection connection, CognitoIdSyncTarget target) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, (int) target.oid());
            statement.execute();
        }
    }

    private void commit(Connection connection, Written written, Optional<CognitoIdSyncAudit> audit) {
        goOn();
        tally.commitIsSent();
        try {
            connection.commit();
        } catch (SQLException e) {
            if (CognitoIdSyncFailures.isLost(e)) {
                audit.ifPresent(file -> file.conclude(CognitoIdSyncAudit.UNKNOWN, 0));
            } else {
                tally.commitWasRefused();
            }
            throw failures.atCommit(e);
        }
        tally.add(written);
        audit.ifPresent(file -> file.conclude(CognitoIdSyncAudit.COMMITTED, written.updated() + written.inserted()));
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
    public String end(Duration patience, Optional<CognitoIdSyncAudit> audit) {
        ending = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            do {
                int running = backend;
                if (running != 0) {
                    CancelAtExit.cancel(database, running);
                }
            } while (applying && System.nanoTime() < deadline && !ended.await(500, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audit.ifPresent(file ->
                file.conclude(tally.isUnknown() ? CognitoIdSyncAudit.UNKNOWN : CognitoIdSyncAudit.ROLLED_BACK, 0));
        return tally.said();
    }
}
