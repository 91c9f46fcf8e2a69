package dev.dynacog.postgres;

import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failure of Postgres means, by its SQLSTATE. No message contains the password: the driver never has it in its URL. */
public final class PostgresFailures {
    private static final Pattern CONCURRENTLY = Pattern.compile("(?i)\\bindex\\s+concurrently\\b");

    private final PostgresUrl url;
    private final String environment;

    PostgresFailures(PostgresUrl url, String environment) {
        this.url = url;
        this.environment = environment;
    }

    DynacogException translate(SQLException thrown) {
        SQLException failure = underlying(thrown);
        String state = state(failure);
        String message = message(failure);
        Optional<DynacogException> insecure = explainTls(failure, message);
        if (insecure.isPresent()) {
            return insecure.get();
        }
        // 08004 is the driver that has no password to give, or one that the address forbids to give in that way.
        if (state.startsWith("28") || state.equals("08004")) {
            return new DynacogException.Access(
                    "Postgres at " + url.hostList() + " refused: " + passwordWords(message),
                    "check the user and password of " + url.masked()
                            + (url.password().isPresent() ? "" : ", or set PGPASSWORD or ~/.pgpass"),
                    failure);
        }
        // Class 57P0 is the server that shuts down, starts up or ends our session.
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return new DynacogException.Unreachable(
                    "cannot connect to Postgres at " + url.hostList() + " (environment " + environment + "): "
                            + connecting(failure, message),
                    environment.equals("local")
                            ? "start the local stack: dynacog local up"
                            : "check the address and the network: dynacog config show",
                    failure);
        }
        if (state.equals("42501")) {
            return new DynacogException.Access(
                    "Postgres refused: " + message, "grant the user that privilege", failure);
        }
        if (state.equals("3D000")) {
            return new DynacogException.NotFound(
                    "Postgres: " + message, "create it: dynacog db create; the connection URL is " + url.masked());
        }
        return new DynacogException.Failed("Postgres: " + message, "run again with --debug for details", failure);
    }

    /** What the driver says when it has no password tells of mechanisms. */
    private static String passwordWords(String message) {
        return message.contains("no password was provided") || message.contains("password is an empty string")
                ? "it requires a password and none is set"
                : message;
    }

    /** The driver tells what is wrong with a secure connection in many ways, most of them deep inside. */
    private Optional<DynacogException> explainTls(SQLException failure, String message) {
        String all = message;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            all += " " + cause.getMessage();
        }
        String why;
        String hint;
        if (all.contains("PKIX") || all.contains("unable to find valid certification path")) {
            why = "its certificate is not signed by the given authority";
            hint =
                    "the file of the server's CA: sslrootcert=FILE in the address, or --ca FILE; for RDS its global bundle";
        } else if (all.contains("hostname") && all.contains("could not be verified")) {
            why = "its certificate is for another host name";
            hint = "connect by the name that the certificate has; sslmode=verify-ca checks the CA alone";
        } else if (all.contains("Could not open SSL root certificate file")) {
            why = "the CA's file cannot be read: " + message;
            hint = "sslrootcert=FILE in the address names it, or --ca FILE";
        } else if (all.contains("The server does not support SSL")) {
            why = "it does not support TLS";
            hint = "enable TLS on the server, or set sslmode=disable in the connection URL";
        } else if (all.contains("SSL error") || all.contains("SSLHandshakeException")) {
            why = message;
            hint = "check sslmode and sslrootcert in the address; run again with --debug for details";
        } else {
            return Optional.empty();
        }
        return Optional.of(new DynacogException.Unreachable(
                "no secure connection to Postgres at " + url.hostList() + ": " + why, hint, failure));
    }

    /** What a failure in a file means: which line, and which statement. */
    DynacogException translate(SQLException thrown, SqlScript script, SqlStatement statement) {
        SQLException failure = underlying(thrown);
        String state = state(failure);
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return new DynacogException.Incomplete(
                    "the connection broke off in " + script.name() + ":" + statement.line() + ": " + message(failure),
                    "the server takes back what the file had done so far",
                    failure);
        }
        ServerErrorMessage server = serverError(failure);
        int position = server == null ? 0 : server.getPosition();
        String what = script.name() + ":" + statement.lineAt(position) + ": " + message(failure);
        if (state.equals("42501")) {
            return new DynacogException.Access(
                    what, "grant the privilege; nothing of " + script.name() + " was kept", failure);
        }
        return new DynacogException.Failed(
                what,
                "in: " + statement.shown() + " · nothing of " + script.name() + " was kept" + advice(state),
                failure);
    }

    /** Of a file whose statements are run one by one: what came before the failure stays. */
    DynacogException translateOutsideOfTransaction(
            SQLException thrown, SqlScript script, SqlStatement statement, int done, String howToGoOn) {
        SQLException failure = underlying(thrown);
        ServerErrorMessage server = serverError(failure);
        int position = server == null ? 0 : server.getPosition();
        String before = done == 0
                ? "no statement before it was run"
                : done == 1 ? "the statement before it stays" : "the " + done + " statements before it stay";
        String left =
                CONCURRENTLY.matcher(statement.text()).find() ? "; drop the invalid index that it may have left" : "";
        return new DynacogException.Incomplete(
                script.name() + ":" + statement.lineAt(position) + ": " + message(failure)
                        + " (outside of a transaction: " + before + ")",
                "in: " + statement.shown() + " · " + howToGoOn + left,
                failure);
    }

    /** A constraint may be checked as late as at the end of the transaction: then no statement is to blame alone. */
    DynacogException translateAtEnd(SQLException failure, SqlScript script) {
        return new DynacogException.Failed(
                script.name() + ": at its end: " + message(failure),
                "nothing of " + script.name() + " was kept",
                failure);
    }

    private static String advice(String state) {
        return state.equals("42P01") ? " · is the schema loaded? dynacog db schema-load" : "";
    }

    /** The SQLSTATE, or nothing where there is none. */
    public static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    /** The pool wraps what happened when it made a later connection. */
    private static SQLException underlying(SQLException failure) {
        return failure instanceof SQLTransientConnectionException && failure.getCause() instanceof SQLException cause
                ? cause
                : failure;
    }

    /** What the driver says of a connection that it didn't get is long, or says nothing. */
    private static String connecting(SQLException failure, String message) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "host not found";
            }
            if (cause instanceof SocketTimeoutException) {
                return "timed out";
            }
            if (cause instanceof ConnectException) {
                return "connection refused";
            }
        }
        return message;
    }

    private static @Nullable ServerErrorMessage serverError(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    /** The server's own sentence, with its detail: "Key (handle)=(bayko) already exists." */
    public static String message(SQLException failure) {
        ServerErrorMessage server = serverError(failure);
        if (server != null && server.getMessage() != null) {
            // Of a constraint it is the whole row, with all that it tells of a person.
            String detail = List.of("23514", "23502").contains(state(failure)) ? null : server.getDetail();
            String message = detail == null ? server.getMessage() : server.getMessage() + ": " + detail;
            return message.replace('\n', ' ');
        }
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.startsWith("FATAL: ") || line.startsWith("ERROR: ") ? line.substring(7) : line;
    }
}
