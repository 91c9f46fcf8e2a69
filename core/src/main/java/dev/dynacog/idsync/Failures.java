package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a failure means in the middle of a sync, where a user wants to know first whether anything was changed. */
final class Failures {
    private final String table;
    private final String column;
    private final String database;
    private final Tally tally;
    /** Whether a statement is ended before the lock that it waits for is given up. */
    private final boolean waitsOut;

    Failures(SyncRequest request, String database, Tally tally) {
        this.table = request.table().toString();
        this.column = request.idColumn();
        this.database = database;
        this.tally = tally;
        this.waitsOut = request.statementTimeout().compareTo(request.lockTimeout()) <= 0;
    }

    /** A failure before the commit, when the transaction has been rolled back as far as that was possible. */
    DynacogException beforeCommit(SQLException failure, Connection connection, long relation) {
        String message = PostgresFailures.message(failure);
        if (isLost(failure)) {
            return new DynacogException.Unreachable(
                    "the connection to " + database + " was lost: " + message + "; " + tally.said(),
                    "run again when the database is back",
                    failure);
        }
        return switch (PostgresFailures.state(failure)) {
            case "55P03" ->
                new DynacogException.Unreachable(
                        "others hold a lock on " + table + holders(connection, relation) + "; " + tally.said(),
                        "wait for them, or allow more time with --lock-timeout SECONDS",
                        failure);
            case "57014" ->
                new DynacogException.Unreachable(
                        "a statement took too long (" + message + ")" + (waitsOut ? holders(connection, relation) : "")
                                + "; " + tally.said(),
                        "allow more time with --statement-timeout SECONDS",
                        failure);
            case "42501" ->
                new DynacogException.Access(
                        "Postgres refused: " + message + "; " + tally.said(),
                        "requires select and update (column) on " + table + ", and insert for --insert-missing",
                        failure);
            case "40001", "40P01" ->
                new DynacogException.Unreachable(
                        "others were in the way on " + table + ": " + message + "; " + tally.said(),
                        "run it again",
                        failure);
            case "23514", "23502" ->
                new DynacogException.Failed(
                        "Postgres refused a row of " + table + " (column " + column + "): " + message + "; "
                                + tally.said(),
                        "check that constraint of the table",
                        failure);
            case "23505" ->
                new DynacogException.Failed(message + "; " + tally.said(), "look at that row first", failure);
            default ->
                new DynacogException.Failed(
                        "Postgres: " + message + "; " + tally.said(), "run again with --debug for details", failure);
        };
    }

    /** There was no connection to be had. */
    DynacogException beforeBegin(DynacogException.Unreachable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("0 rows were changed")
                ? failure
                : new DynacogException.Unreachable(message + "; " + tally.said(), failure.hint(), failure);
    }

    /** The commit was sent, and nobody told how it went. */
    DynacogException atCommit(SQLException failure) {
        if (!isLost(failure)) {
            return new DynacogException.Failed(
                    "Postgres refused the commit: " + PostgresFailures.message(failure) + "; " + tally.said(),
                    "",
                    failure);
        }
        return new DynacogException.Incomplete(
                "the connection to " + database + " was lost during the commit: the outcome is unknown",
                "run again: it is safe and writes only what is missing",
                failure);
    }

    static boolean isLost(SQLException failure) {
        String state = PostgresFailures.state(failure);
        return state.startsWith("08") || state.startsWith("57P0");
    }

    /**
     * Who holds locks that ours waits for, or another sync's: of those who lock rows only who has locked any. Not knowing
     * is no reason to hide the rest.
     */
    private static String holders(Connection connection, long relation) {
        List<String> holders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                with recursive tables(id) as (
                  select ?::oid union select i.inhrelid from pg_inherits i join tables t on i.inhparent = t.id
                )
                select distinct l.pid, a.usename, a.application_name, host(a.client_addr), a.state,
                  to_char(a.xact_start at time zone 'UTC', 'HH24:MI:SS')
                from pg_locks l left join pg_stat_activity a on a.pid = l.pid
                where l.granted and l.pid is distinct from pg_backend_pid()
                  and l.database = (select oid from pg_database where datname = current_database())
                  and (l.relation in (select id from tables) and l.mode <> 'AccessShareLock'
                      and (l.mode not in ('RowShareLock', 'RowExclusiveLock') or exists (
                        select 1 from pg_locks x where x.virtualtransaction = l.virtualtransaction
                          and x.locktype = 'transactionid' and x.mode = 'ExclusiveLock'))
                    or l.locktype = 'advisory' and l.classid = ? and l.objid = ?)
                order by l.pid limit 3""")) {
            statement.setLong(1, relation);
            statement.setLong(2, IdSync.LOCK_CLASS);
            statement.setLong(3, relation);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    holders.add(holder(found));
                }
            }
        } catch (SQLException notAllowedToKnow) {
            return "";
        }
        return holders.isEmpty() ? "" : ": " + String.join("; ", holders);
    }

    /** The server tells most of a session only to its own user, or to an administrator. */
    private static String holder(ResultSet found) throws SQLException {
        String process = found.getString(1);
        if (process == null) {
            return "a prepared transaction (pg_prepared_xacts)";
        }
        String user = found.getString(2);
        String application = found.getString(3);
        String address = found.getString(4);
        String state = found.getString(5);
        String since = found.getString(6);
        return "process " + process + (user == null ? "" : ", " + user) + (address == null ? "" : " from " + address)
                + (application == null || application.isEmpty() ? "" : " with " + application)
                + (state == null ? "" : ", " + state) + (since == null ? "" : " since " + since + " UTC");
    }
}
