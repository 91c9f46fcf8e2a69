package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server that the environment's database is on, or will be: what can't be done from inside of the database is done
 * from another one that every server has.
 */
public final class DatabaseServer implements AutoCloseable {
    private static final List<String> MAINTENANCE = List.of("postgres", "template1");
    private static final String DUPLICATE = "42P04";
    private static final String IN_USE = "55006";
    private static final int LOOKS = 5;
    private static final int FORCE_SINCE = 13;
    private static final int WAITS_SINCE = 14;
    private static final int WAIT_MILLIS = 5_000;

    private final Database target;
    private final List<Database> opened = new ArrayList<>();

    public DatabaseServer(Database target) {
        this.target = target;
    }

    /** What is lost when the database goes. */
    public record AtStake(String database, long bytes, List<DatabaseSession> sessions) {}

    /** What the database has now, or nothing when it isn't there. */
    public Optional<AtStake> atStake() {
        return run(connection -> {
            Optional<Long> bytes = size(connection);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AtStake(name(), bytes.get(), sessionsThatStay(connection)));
        });
    }

    /**
     * Makes the database.
     *
     * @return whether it was made; false when it had been there
     */
    public boolean create() {
        return run(connection -> {
            if (size(connection).isPresent()) {
                return false;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("create database " + quoted(name()));
                return true;
            } catch (SQLException e) {
                if (DUPLICATE.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** How a drop went. */
    public sealed interface Drop {
        record Dropped() implements Drop {}

        record Absent() implements Drop {}

        /** Nothing was done: these are connected. */
        record Held(List<DatabaseSession> sessions) implements Drop {}
    }

    /**
     * Drops the database.
     *
     * @param force whether to end the sessions that hinder it
     */
    public Drop drop(boolean force) {
        // Our own connections would hinder it too.
        target.close();
        return run(connection -> {
            if (size(connection).isEmpty()) {
                return new Drop.Absent();
            }
            List<DatabaseSession> sessions = sessionsThatStay(connection);
            if (!sessions.isEmpty() && !force) {
                return new Drop.Held(sessions);
            }
            boolean hasForce = connection.getMetaData().getDatabaseMajorVersion() >= FORCE_SINCE;
            if (force && !hasForce) {
                for (DatabaseSession session : sessions) {
                    end(connection, session.pid());
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop database " + quoted(name()) + (force && hasForce ? " with (force)" : ""));
                return new Drop.Dropped();
            } catch (SQLException e) {
                List<DatabaseSession> newcomers = IN_USE.equals(e.getSQLState()) ? sessions(connection) : List.of();
                if (newcomers.isEmpty()) {
                    throw e;
                }
                return new Drop.Held(newcomers);
            }
        });
    }

    /** Who is connected to the database, but for ourselves. The database itself knows: not everybody may enter another. */
    public List<DatabaseSession> sessions() {
        return target.run(this::sessions);
    }

    /**
     * Ends sessions of the database.
     *
     * @return those that were ended
     * @throws DynacogException.NotFound when one is none of the database's; then none is ended
     */
    public List<DatabaseSession> end(List<Integer> pids) {
        return target.run(connection -> {
            List<DatabaseSession> ended = find(connection, pids);
            for (DatabaseSession session : ended) {
                end(connection, session.pid());
            }
            return ended;
        });
    }

    /** The sessions with these pids, every one of which must be there. */
    public List<DatabaseSession> find(List<Integer> pids) {
        return target.run(connection -> find(connection, pids));
    }

    private List<DatabaseSession> find(Connection connection, List<Integer> pids) throws SQLException {
        List<DatabaseSession> all = sessions(connection);
        for (int pid : pids) {
            if (all.stream().noneMatch(session -> session.pid() == pid)) {
                throw new DynacogException.NotFound(
                        "no session of database " + name() + " has pid " + pid, "list them: dynacog db sessions");
            }
        }
        return all.stream().filter(session -> pids.contains(session.pid())).toList();
    }

    /** Only a session that is still of this database: its pid may be another's by now. */
    private void end(Connection connection, int pid) throws SQLException {
        boolean waits = connection.getMetaData().getDatabaseMajorVersion() >= WAITS_SINCE;
        try (PreparedStatement statement = connection.prepareStatement("select pg_terminate_backend(pid"
                + (waits ? ", " + WAIT_MILLIS : "")
                + ") from pg_stat_activity where datname = ? and pid = ?")) {
            statement.setString(1, name());
            statement.setInt(2, pid);
            try (ResultSet ended = statement.executeQuery()) {
                if (ended.next() && !ended.getBoolean(1)) {
                    throw new DynacogException.Failed(
                            "session " + pid + " was asked to end but is still running", "try again later");
                }
            }
        }
    }

    private Optional<Long> size(Connection connection) throws SQLException {
        // Not everybody may know how big a database is.
        try (PreparedStatement statement = connection.prepareStatement("select case when has_database_privilege(oid,"
                + " 'connect') then pg_database_size(oid) else 0 end from pg_database where datname = ?")) {
            statement.setString(1, name());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
            }
        }
    }

    /** A session that was closed a moment ago may still be listed. */
    private List<DatabaseSession> sessionsThatStay(Connection connection) throws SQLException {
        List<DatabaseSession> sessions = sessions(connection);
        for (int look = 1; look < LOOKS && !sessions.isEmpty(); look++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_sleep(0.1)");
            }
            sessions = sessions(connection);
        }
        return sessions;
    }

    private List<DatabaseSession> sessions(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pid, coalesce(usename, ''), host(client_addr), coalesce(application_name, ''), state,"
                        + " state_change, nullif(query, '') from pg_stat_activity"
                        + " where datname = ? and pid <> pg_backend_pid()"
                        // They make way by themselves.
                        + " and backend_type is distinct from 'autovacuum worker' order by backend_start, pid")) {
            statement.setString(1, name());
            List<DatabaseSession> sessions = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    sessions.add(new DatabaseSession(
                            found.getInt(1),
                            found.getString(2),
                            Optional.ofNullable(found.getString(3)),
                            found.getString(4),
                            Optional.ofNullable(found.getString(5)),
                            Optional.ofNullable(found.getObject(6, OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant),
                            Optional.ofNullable(found.getString(7))));
                }
            }
            return sessions;
        }
    }

    private String name() {
        return target.url().database();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private <T> T run(Database.Work<T> work) {
        return maintenance().run(work);
    }

    /** A database that is there beside ours, and lets us in. */
    private synchronized Database maintenance() {
        if (opened.isEmpty()) {
            opened.add(firstThatAnswers());
        }
        return opened.get(0);
    }

    private Database firstThatAnswers() {
        List<String> names = MAINTENANCE.stream()
                .filter(candidate -> !candidate.equals(name()))
                .toList();
        for (String candidate : names.subList(0, names.size() - 1)) {
            Database database = target.sibling(candidate);
            try {
                database.run(Connection::getCatalog);
                return database;
            } catch (DynacogException.NotFound e) {
                database.close();
            }
        }
        return target.sibling(names.get(names.size() - 1));
    }

    @Override
    public synchronized void close() {
        opened.forEach(Database::close);
        opened.clear();
    }
}
