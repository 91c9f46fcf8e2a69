package dev.dynacog.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.function.Consumer;

/** Runs scripts, each in one transaction: of one that fails nothing stays. */
public final class ScriptRunner {
    private final Database database;

    public ScriptRunner(Database database) {
        this.database = database;
    }

    /**
     * What a script did.
     *
     * @param rows how many rows its statements wrote
     */
    public record Ran(String script, int statements, long rows) {}

    /** Hears what happens while a script runs. */
    public interface Listener {
        /** One that hears only what the server has to say. */
        static Listener notices(Consumer<String> heard) {
            return new Listener() {
                @Override
                public void statement(SqlStatement statement) {}

                @Override
                public void notice(String message) {
                    heard.accept(message);
                }
            };
        }

        /** This one is next. */
        void statement(SqlStatement statement);

        /** What the server has to say that is no failure. */
        void notice(String message);
    }

    public Ran run(SqlScript script, Listener listener) {
        return database.runApart(
                connection -> Database.transaction(connection, any -> run(connection, script, listener)));
    }

    /**
     * Each statement by itself: those before one that fails stay.
     *
     * @param howToGoOn said when one fails
     */
    Ran runOneByOne(Connection connection, SqlScript script, Listener listener, String howToGoOn) {
        long rows = 0;
        int done = 0;
        for (SqlStatement statement : script.statements()) {
            try {
                rows += run(connection, statement, listener);
            } catch (SQLException e) {
                throw database.failures().translateOutsideOfTransaction(e, script, statement, done, howToGoOn);
            }
            done++;
        }
        return new Ran(script.name(), done, rows);
    }

    /** Within the caller's transaction. */
    Ran run(Connection connection, SqlScript script, Listener listener) throws SQLException {
        long rows = 0;
        for (SqlStatement statement : script.statements()) {
            try {
                rows += run(connection, statement, listener);
            } catch (SQLException e) {
                throw database.failures().translate(e, script, statement);
            }
        }
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute("set constraints all immediate");
        } catch (SQLException e) {
            throw database.failures().translateAtEnd(e, script);
        }
        return new Ran(script.name(), script.statements().size(), rows);
    }

    private static long run(Connection connection, SqlStatement statement, Listener listener) throws SQLException {
        listener.statement(statement);
        try (Statement jdbc = connection.createStatement()) {
            // Braces are SQL's own here, as in '{}'::text[].
            jdbc.setEscapeProcessing(false);
            long rows = rows(jdbc, statement);
            tell(jdbc.getWarnings(), listener::notice);
            return rows;
        }
    }

    private static long rows(Statement jdbc, SqlStatement statement) throws SQLException {
        boolean result = jdbc.execute(statement.text());
        return result ? 0 : Math.max(0, jdbc.getLargeUpdateCount());
    }

    private static void tell(SQLWarning first, Consumer<String> notices) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            // Class 42 is "already exists, skipping", which whoever wrote "if not exists" knows.
            if (!PostgresFailures.state(warning).startsWith("42")) {
                notices.accept(String.valueOf(warning.getMessage()));
            }
        }
    }
}
