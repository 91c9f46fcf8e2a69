package dev.dynacog.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tells the server to stop when this process is ended. It would notice by itself that nobody waits any more, but only
 * when the statement is done, and hold its locks until then.
 */
final class CancelAtExit implements AutoCloseable {
    private final Thread hook;

    private CancelAtExit(Runnable stop) {
        this.hook = new Thread(stop, "cancel");
    }

    static CancelAtExit of(Connection connection) throws SQLException {
        CancelAtExit cancel = new CancelAtExit(Database.stop(connection));
        Runtime.getRuntime().addShutdownHook(cancel.hook);
        return cancel;
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
