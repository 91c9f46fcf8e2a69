package dev.dynacog.postgres;

import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import java.sql.SQLException;
import java.util.Optional;

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
        Optional<DynacogException> insecure = explainTls(failure, message);
        if (insecure.isPresent()) {
            return insecure.get();
        }
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

    /** The driver tells what is wrong with a secure connection in many ways, most of them deep inside. */
    private Optional<DynacogException> explainTls(SQLException failure, String message) {
        String all = message;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            all += " " + cause.getMessage();
        }
        String why;
        String hint;
        if (all.contains("PKIX") || all.contains("unable to find valid certification path")) {
            why = "its certificate is not signed by the authority that was given";
            hint =
                    "the file of the server's CA: sslrootcert=FILE in the address, or --ca FILE; for RDS its global bundle";
        } else if (all.contains("hostname") && all.contains("could not be verified")) {
            why = "its certificate is for another name";
            hint = "connect by the name that the certificate has; sslmode=verify-ca checks the CA alone";
        } else if (all.contains("Could not open SSL root certificate file")) {
            why = "the CA's file can't be read: " + message;
            hint = "sslrootcert=FILE in the address names it, or --ca FILE";
        } else if (all.contains("The server does not support SSL")) {
            why = "it doesn't speak TLS";
            hint = "turn TLS on at the server; sslmode=disable in the address does without";
        } else if (all.contains("SSL error") || all.contains("SSLHandshakeException")) {
            why = message;
            hint = "check sslmode and sslrootcert in the address; --debug shows more";
        } else {
            return Optional.empty();
        }
        return Optional.of(new DynacogException.Unreachable(
                "no secure connection to Postgres at " + url.hostList() + ": " + why, hint, failure));
    }

    static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.startsWith("FATAL: ") || line.startsWith("ERROR: ") ? line.substring(7) : line;
    }
}
