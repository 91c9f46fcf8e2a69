package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;

/**
 * Writes the subs of a pool's users into the rows that have their handles. Planning and writing are a transaction each,
 * which begin the same way; the second writes only if it comes, under locks, to the plan that was shown.
 */
public final class CognitoIdSync {
    /** Names our advisory locks among others'; the table's number is their second half. */
    static final int LOCK_CLASS = 0x44594e43;

    private static final int PAGE = 1_000;

    private final Database database;
    private final CognitoIdSyncRequest request;
    private final CognitoIdSyncFailures failures;

    public CognitoIdSync(Database database, CognitoIdSyncRequest request) {
        this.database = database;
        this.request = request;
        this.failures = new CognitoIdSyncFailures(
                request, database.url().database() + " on " + database.url().hostList());
    }

    /** How many rows were changed, and how many added. */
    public record Written(long updated, long inserted) {}

    private interface Step<T> {
        T with(Connection connection, CognitoIdSyncTarget target) throws SQLException;
    }

    /**
     * Fails early where a sync couldn't go well: before the pool is listed, which can take minutes. No connection is kept
     * for so long, since what lies between would cut it.
     */
    public void check() {
        inTransaction((connection, target) -> target);
        database.disconnect();
    }

    /** Compares, and changes nothing. */
    public CognitoIdSyncPlan plan(CognitoIdSyncUsers users) {
        return inTransactionMidRun((connection, target) -> {
            CognitoIdSyncSql sql = new CognitoIdSyncSql(request, target);
            return plan(connection, sql, copy(connection, users));
        });
    }

    /** Writes what the plan says, all of it or nothing. */
    public Written apply(CognitoIdSyncUsers users, CognitoIdSyncPlan shown, Optional<Path> auditFile) {
        try (AuditOrNone audit = new AuditOrNone(auditFile.map(file -> new CognitoIdSyncAudit(
                file, database.url().database(), request.table().toString())))) {
            return inTransactionMidRun((connection, target) -> {
                CognitoIdSyncSql sql = new CognitoIdSyncSql(request, target);
                lockOutOtherSyncs(connection, target);
                long count = copy(connection, users);
                execute(connection, sql.lockTable());
                Written written;
                try (CognitoIdSyncPlan plan = plan(connection, sql, count)) {
                    if (!plan.writesTheSameAs(shown)) {
                        throw new DynacogException.Failed(
                                "the table was changed since the plan was made; 0 rows were changed by this run",
                                "run it again, to see the new plan");
                    }
                    written = write(connection, sql, plan.counts());
                    audit.changesOf(plan);
                }
                commit(connection, audit);
                return written;
            });
        }
    }

    /** When the database was there before, and is gone now, what that means for its rows has to be said. */
    private <T> T inTransactionMidRun(Step<T> step) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return inTransaction((connection, target) -> {
                begun.set(true);
                return step.with(connection, target);
            });
        } catch (DynacogException.Unreachable e) {
            throw begun.get() ? e : CognitoIdSyncFailures.beforeBegin(e);
        }
    }

    private <T> T inTransaction(Step<T> step) {
        return database.run(connection -> {
            connection.setNetworkTimeout(Runnable::run, (int)
                    request.statementTimeout().plusSeconds(15).toMillis());
            connection.setAutoCommit(false);
            long relation = 0;
            try {
                timeouts(connection);
                CognitoIdSyncTarget target = CognitoIdSyncTarget.find(connection, request);
                relation = target.oid();
                return step.with(connection, target);
            } catch (SQLException e) {
                rollBack(connection);
                throw failures.beforeCommit(e, connection, relation);
            } finally {
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

    private void timeouts(Connection connection) throws SQLException {
        set(connection, "lock_timeout", request.lockTimeout().toMillis());
        set(connection, "statement_timeout", request.statementTimeout().toMillis());
        set(
                connection,
                "idle_in_transaction_session_timeout",
                request.statementTimeout().toMillis());
        // Enough to compare a hundred thousand users without files. No table of ours has an index or statistics, so
        // that
        // one loop within another would be a bad guess, and never much better where it is a good one.
        execute(connection, "set local work_mem = '64MB'");
        execute(connection, "set local enable_nestloop = off");
        execute(connection, "set local jit = off");
    }

    private static void set(Connection connection, String setting, long millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, Long.toString(millis));
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

    /** Returns how many users there are. */
    private static long copy(Connection connection, CognitoIdSyncUsers users) throws SQLException {
        execute(connection, CognitoIdSyncSql.CREATE_POOL);
        try (InputStream in = users.open()) {
            long copied = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CognitoIdSyncSql.COPY_POOL, in);
            requireCount("copied", users.count(), copied);
        } catch (IOException e) {
            throw new DynacogException.Failed(
                    "the list of users was interrupted on its way to Postgres: " + e.getMessage()
                            + "; 0 rows were changed",
                    "run it again",
                    e);
        }
        boolean repeated = execute(connection, CognitoIdSyncSql.FIND_REPETITIONS) > 0;
        return users.count() - (repeated ? execute(connection, CognitoIdSyncSql.FORGET_REPETITIONS) : 0);
    }

    private CognitoIdSyncPlan plan(Connection connection, CognitoIdSyncSql sql, long users) throws SQLException {
        execute(connection, sql.createPlan());
        execute(connection, sql.leaveHeldSubs());
        execute(connection, sql.addRowsOnlyInPostgres());
        if (!request.ignoreCase()) {
            execute(connection, sql.noteOtherCase());
        }
        if (request.insertMissing()) {
            execute(connection, sql.planInserts());
        }
        try (CognitoIdSyncPlan.Writer writer = new CognitoIdSyncPlan.Writer();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet found = statement.executeQuery(CognitoIdSyncSql.LIST_PLAN)) {
                while (found.next()) {
                    writer.add(new CognitoIdSyncEntry(
                            CognitoIdSyncCategory.of(found.getString(1)),
                            Optional.ofNullable(found.getString(2)),
                            Optional.ofNullable(found.getString(3)),
                            Optional.ofNullable(found.getString(4)),
                            Optional.ofNullable(found.getString(5)),
                            Optional.ofNullable(found.getString(6))));
                }
            }
            return writer.finish(counts(connection, sql, users));
        }
    }

    private static CognitoIdSyncPlan.Counts counts(Connection connection, CognitoIdSyncSql sql, long users)
            throws SQLException {
        Map<CognitoIdSyncCategory, Long> byCategory = new EnumMap<>(CognitoIdSyncCategory.class);
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery(CognitoIdSyncSql.COUNT_CATEGORIES)) {
                while (found.next()) {
                    byCategory.put(CognitoIdSyncCategory.of(found.getString(1)), found.getLong(2));
                }
            }
            long kept = byCategory.entrySet().stream()
                    .filter(count -> count.getKey() != CognitoIdSyncCategory.ONLY_IN_POSTGRES)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            byCategory.merge(CognitoIdSyncCategory.ALREADY_RIGHT, users - kept, Long::sum);
            try (ResultSet rows = statement.executeQuery(sql.countRows())) {
                rows.next();
                return new CognitoIdSyncPlan.Counts(users, rows.getLong(1), byCategory);
            }
        }
    }

    private static Written write(Connection connection, CognitoIdSyncSql sql, CognitoIdSyncPlan.Counts counts)
            throws SQLException {
        long toUpdate = counts.of(CognitoIdSyncCategory.TO_UPDATE);
        long toInsert = counts.of(CognitoIdSyncCategory.TO_INSERT);
        if (toUpdate > 0) {
            if (anyTakeover(connection, sql)) {
                try (PreparedStatement statement = connection.prepareStatement(sql.setPlaceholders())) {
                    statement.setString(1, UUID.randomUUID().toString());
                    requireCount("prepared", toUpdate, statement.executeLargeUpdate());
                }
            }
            requireCount("changed", toUpdate, execute(connection, sql.update()));
        }
        if (toInsert > 0) {
            requireCount("added", toInsert, execute(connection, sql.insert()));
        }
        return new Written(toUpdate, toInsert);
    }

    private static boolean anyTakeover(Connection connection, CognitoIdSyncSql sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.findTakeovers())) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static void requireCount(String what, long planned, long actual) {
        if (planned != actual) {
            throw new DynacogException.Failed(
                    actual + " rows would have been " + what + " instead of " + planned + "; 0 rows were changed",
                    "a trigger, a rule or a policy of the table gets between; --debug shows more");
        }
    }

    private void commit(Connection connection, AuditOrNone audit) {
        try {
            connection.commit();
        } catch (SQLException e) {
            audit.conclude(CognitoIdSyncFailures.isLost(e) ? "unknown" : "rolled_back");
            throw failures.atCommit(e);
        }
        audit.conclude("committed");
    }

    private static long execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getLargeUpdateCount();
        }
    }

    /** The audit where one was asked for. */
    private record AuditOrNone(Optional<CognitoIdSyncAudit> audit) implements AutoCloseable {
        void changesOf(CognitoIdSyncPlan plan) {
            audit.ifPresent(file -> {
                plan.forEach(entry -> {
                    if (entry.category().isChange()) {
                        file.change(entry);
                    }
                });
                file.sync();
            });
        }

        void conclude(String outcome) {
            audit.ifPresent(file -> file.conclude(outcome));
        }

        @Override
        public void close() {
            audit.ifPresent(CognitoIdSyncAudit::close);
        }
    }
}
