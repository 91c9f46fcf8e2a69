package dev.dynacog.postgres;

import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import java.sql.SQLException;

/** What a failure of Postgres means, by its SQLSTATE. No message contains the password: the driver never has it in its URL. */
final class PostgresFailures {
    private final PostgresUrl url;
    private final String environment;

    PostgresFailures(PostgresUrl url, String environment) {
        this.url = url;
        this.environment = environment;
    }

    DynacogException translate(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String message = firstLine(failure);
        if (state.startsWith("08")) {
            return new DynacogException.Unreachable(
                    "no Postgres answers at " + url.hostList() + " (environment " + environment + "): " + message,
                    environment.equals("local")
                            ? "start the local stack: dynacog local up"
                            : "check the address and the network: dynacog --env " + environment + " config show",
                    failure);
        }
        if (state.startsWith("28")) {
            return new DynacogException.Access(
                    "Postgres at " + url.hostList() + " refused: " + message,
                    "check user and password of " + url.masked(),
                    failure);
        }
        if (state.equals("42501")) {
            return new DynacogException.Access(
                    "Postgres refused: " + message, "the user needs that privilege", failure);
        }
        if (state.equals("3D000")) {
            return new DynacogException.NotFound("Postgres: " + message, "the address names it: " + url.masked());
        }
        return new DynacogException.Failed("Postgres: " + message, "--debug shows more", failure);
    }

    private static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.startsWith("FATAL: ") || line.startsWith("ERROR: ") ? line.substring(7) : line;
    }
}
