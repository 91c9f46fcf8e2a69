package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells the server to stop when this process is ended. It would notice by itself that nobody waits any more, but only
 * when the statement is done, and hold its locks until then.
 */
final class CancelAtExit implements AutoCloseable {
    private final Thread hook;

    private CancelAtExit(Database database, int pid) {
        this.hook = new Thread(() -> cancel(database, pid), "cancel");
    }

    static CancelAtExit of(Database database, Connection connection) throws SQLException {
        CancelAtExit cancel = new CancelAtExit(database, pid(connection));
        Runtime.getRuntime().addShutdownHook(cancel.hook);
        return cancel;
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select pg_backend_pid()")) {
            answer.next();
            return answer.getInt(1);
        }
    }

    static void cancel(Database database, int pid) {
        try {
            database.run(connection -> {
                try (PreparedStatement statement = connection.prepareStatement("select pg_cancel_backend(?)")) {
                    statement.setInt(1, pid);
                    return statement.execute();
                }
            });
        } catch (DynacogException ignored) {
            // There is nobody left to tell, and the server will notice in time.
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // The process is being ended, and the hook runs.
        }
    }
}
