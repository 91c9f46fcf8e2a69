package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The table that says which migrations a database has seen, and the lock that whoever changes it holds. */
final class MigrationLog {
    private static final String TABLE = "public.dynacog_migrations";
    /** Spells "dynacog". Advisory locks belong to the database that they are taken in. */
    private static final long LOCK = 0x64796e61636f67L;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final Connection connection;

    MigrationLog(Connection connection) {
        this.connection = connection;
    }

    /** What was run. */
    record Entry(long number, String name, String checksum, Instant ranAt) {}

    /** Holds the lock until {@link #unlock}, or until the connection ends. Says whom it has to wait for. */
    void lock(Consumer<String> waiting) throws SQLException {
        await("pg_try_advisory_lock", waiting);
    }

    /** Holds the same lock to the end of the transaction. */
    void lockForTransaction(Consumer<String> waiting) throws SQLException {
        await("pg_try_advisory_xact_lock", waiting);
    }

    /**
     * Asks until it is granted. A statement that waits inside of the server has a snapshot, for whose end the other
     * one's CREATE INDEX CONCURRENTLY would wait in turn.
     */
    private void await(String function, Consumer<String> waiting) throws SQLException {
        if (call(function)) {
            return;
        }
        waiting.accept(whoHoldsIt());
        do {
            pause();
        } while (!call(function));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Failed("interrupted while waiting for another migrate", "nothing was run", e);
        }
    }

    void unlock() throws SQLException {
        call("pg_advisory_unlock");
    }

    private boolean call(String function) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + function + "(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    private String whoHoldsIt() throws SQLException {
        return "another migrate or rollback is running (" + holder() + "): waiting for it to finish";
    }

    private String holder() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select a.pid, a.usename, coalesce(host(a.client_addr), 'local'), a.application_name"
                        + " from pg_locks l join pg_stat_activity a on a.pid = l.pid"
                        + " join pg_database d on d.oid = l.database and d.datname = current_database()"
                        + " where l.locktype = 'advisory' and l.granted and l.objsubid = 1"
                        + " and ((l.classid::bigint << 32) | l.objid::bigint) = ?")) {
            statement.setLong(1, LOCK);
            try (ResultSet found = statement.executeQuery()) {
                return found.next()
                        ? "pid " + found.getInt(1) + ", " + found.getString(2) + " from " + found.getString(3) + ", "
                                + found.getString(4)
                        : "it has just ended";
            }
        }
    }

    boolean exists() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('" + TABLE + "') is not null")) {
            found.next();
            return found.getBoolean(1);
        }
    }

    void ensure() throws SQLException {
        if (exists()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table " + TABLE + " (number bigint primary key, name text not null,"
                    + " checksum text not null, ran_at timestamp not null default (now() at time zone 'utc'))");
        }
    }

    /** By number. */
    Map<Long, Entry> entries() throws SQLException {
        Map<Long, Entry> entries = new TreeMap<>();
        if (!exists()) {
            return entries;
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select number, name, checksum, ran_at from " + TABLE)) {
            while (found.next()) {
                entries.put(
                        found.getLong(1),
                        new Entry(
                                found.getLong(1),
                                found.getString(2),
                                found.getString(3),
                                found.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC)));
            }
        }
        return entries;
    }

    void add(Migration migration) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into " + TABLE + " (number, name, checksum) values (?, ?, ?)")) {
            statement.setLong(1, migration.number());
            statement.setString(2, migration.name());
            statement.setString(3, migration.checksums().current());
            statement.execute();
        }
    }

    void remove(long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from " + TABLE + " where number = ?")) {
            statement.setLong(1, number);
            statement.execute();
        }
    }
}
