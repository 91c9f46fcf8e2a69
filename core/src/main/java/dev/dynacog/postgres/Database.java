package dev.dynacog.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.dynacog.config.Environment;
import dev.dynacog.config.PasswordFile;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PlainFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The Postgres of an environment. Its pool is small, and opened when the first connection is asked for. */
public final class Database implements AutoCloseable {
    private static final String TLS_MODE = "sslmode";
    private static final String VERIFY_FULL = "verify-full";
    private static final int CONNECTIONS = 2;
    private static final String CONNECT_SECONDS = "4";
    private static final String SESSION = "set time zone 'UTC'";
    private static final long WAIT_MILLIS = 8_000;

    /**
     * What the driver has to say comes as an exception; its log would land on the terminal beside it. The logger is held
     * here because Java forgets the level of one that nobody holds.
     */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final PostgresUrl url;
    private final String environment;
    private final Optional<Supplier<String>> passwords;
    private final Consumer<String> warnings;
    private final PostgresFailures failures;
    private @Nullable HikariDataSource pool;
    private @Nullable PostgresUrl complete;

    private Database(
            PostgresUrl url, String environment, Optional<Supplier<String>> passwords, Consumer<String> warnings) {
        this.url = url;
        this.environment = environment;
        this.passwords = passwords;
        this.warnings = warnings;
        this.failures = new PostgresFailures(url, environment);
    }

    /**
     * What is said about a connection beside its address.
     *
     * @param authority the certificate that the server's must be signed by, which is then checked with the host's name
     * @param passwords gives a password for a connection that is about to be made, instead of the address's
     * @param warnings is told what was passed over in connecting
     */
    public record Connecting(
            Optional<Path> authority, Optional<Function<PostgresUrl, String>> passwords, Consumer<String> warnings) {
        /** As the address says. */
        public static Connecting asSet(Consumer<String> warnings) {
            return new Connecting(Optional.empty(), Optional.empty(), warnings);
        }
    }

    /** The environment's database; that none is set is an error, never a reason to take another. */
    public static Database of(Environment environment) {
        return of(environment, Connecting.asSet(warning -> {}));
    }

    /** The environment's database, connected to in a way of its own. */
    public static Database of(Environment environment, Connecting connecting) {
        String name = environment.name().value();
        PostgresUrl url = environment
                .postgres()
                .orElseThrow(() -> new DynacogException.Usage(
                        "no Postgres is configured for environment " + name,
                        name.equals("prod")
                                ? "set PROD_CONNECTION_URL=postgresql://user:password@host:5432/database"
                                : "set postgres.url or postgres.url-from in dynacog.yaml"))
                .value();
        PostgresUrl secured = connecting
                .authority()
                .map(file -> url.with(TLS_MODE, VERIFY_FULL)
                        .with("sslrootcert", file.toAbsolutePath().toString()))
                .orElse(url);
        String root = secured.query().getOrDefault("sslrootcert", "");
        if (!root.isEmpty()) {
            // The driver would wait for a pipe for ever.
            PlainFile.require(Path.of(root));
        }
        PostgresUrl wanted = connecting.passwords().isPresent() ? fitForToken(secured) : secured;
        return new Database(
                wanted,
                name,
                connecting.passwords().map(password -> () -> password.apply(wanted)),
                connecting.warnings());
    }

    /** A token opens the database to whoever sees it, so it goes to the server that it was made for and to no other. */
    private static PostgresUrl fitForToken(PostgresUrl url) {
        if (url.hosts().size() > 1) {
            throw new DynacogException.Usage(
                    "a token is for one host, and the address names " + url.hostList(), "use a single host");
        }
        String mode = url.query().getOrDefault(TLS_MODE, VERIFY_FULL);
        if (!mode.equals(VERIFY_FULL)) {
            throw new DynacogException.Usage(
                    "a token goes to a server only when its certificate was checked, and the address says sslmode="
                            + mode,
                    "sslmode=verify-full, and RDS's global bundle by sslrootcert=FILE or --ca FILE");
        }
        return url.with(TLS_MODE, VERIFY_FULL);
    }

    /** Another database of the same server. */
    Database sibling(String name) {
        return new Database(withPassword().withDatabase(name), environment, passwords, warnings);
    }

    public PostgresUrl url() {
        return url;
    }

    PostgresFailures failures() {
        return failures;
    }

    /** Something to do with a connection. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Lends a connection, and says what a failure of it means. */
    public <T> T run(Work<T> work) {
        try (Connection connection = pool().getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw failures.translate(e);
        }
    }

    /** All of the work, or nothing of it. */
    public <T> T transaction(Work<T> work) {
        return run(connection -> transaction(connection, work));
    }

    static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.with(connection);
            connection.commit();
            done = true;
            connection.setAutoCommit(true);
            return result;
        } finally {
            if (!done) {
                takeBack(connection);
            }
        }
    }

    private static void takeBack(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException ignored) {
            // The connection is broken, and the server takes back what it had begun. What led here is what is told.
        }
    }

    /**
     * What tells the server to stop what it does for a connection; from any thread. It goes to the very server that the
     * connection is to, and needs no session there: none may be left.
     */
    public static Runnable stop(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        return () -> {
            try {
                driver.cancelQuery();
            } catch (SQLException ignored) {
                // There is nobody left to tell, and the server will notice in time.
            }
        };
    }

    /**
     * Lends a connection to work that may change its settings, and that may take long: nobody gets the connection after
     * that, and when this process is ended the server stops what it does for it.
     */
    <T> T runApart(Work<T> work) {
        try {
            HikariDataSource source = pool();
            try (Connection connection = source.getConnection()) {
                CancelAtExit cancel = CancelAtExit.of(connection);
                try {
                    return work.with(connection);
                } finally {
                    cancel.close();
                    source.evictConnection(connection);
                }
            }
        } catch (SQLException e) {
            throw failures.translate(e);
        }
    }

    /** Undoes what a script may have set for the rest of the session, such as search_path. Locks stay. */
    static void resetSettings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("reset session authorization");
            statement.execute("reset role");
            statement.execute("reset all");
            statement.execute(SESSION);
        }
    }

    /** The address with the password that the password file has for it, where it has none of its own. */
    private synchronized PostgresUrl withPassword() {
        if (complete == null) {
            complete = url.password().isPresent() || passwords.isPresent()
                    ? url
                    : url.passwordFile()
                            .flatMap(file -> new PasswordFile(file).find(url, warnings))
                            .map(url::withPassword)
                            .orElse(url);
        }
        return complete;
    }

    private synchronized HikariDataSource pool() throws SQLException {
        if (pool == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url.jdbcUrl());
            url.user().ifPresent(config::setUsername);
            // Without any the driver would look into a password file by itself, whoever may read that.
            config.setPassword(withPassword().password().orElse(""));
            passwords.ifPresent(password -> config.setCredentialsProvider(
                    () -> Credentials.of(url.user().orElse(""), password.get())));
            String judged = JudgedSocketFactory.describe(url);
            if (!judged.isEmpty()) {
                config.addDataSourceProperty("socketFactory", JudgedSocketFactory.class.getName());
                config.addDataSourceProperty("socketFactoryArg", judged);
            }
            config.addDataSourceProperty("ApplicationName", "dynacog");
            config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
            config.addDataSourceProperty("loginTimeout", CONNECT_SECONDS);
            config.addDataSourceProperty("cancelSignalTimeout", CONNECT_SECONDS);
            // Plain statements go to the server as they are: by default the driver takes scripts apart by rules of its
            // own.
            config.addDataSourceProperty("preferQueryMode", "extendedForPrepared");
            // The driver tells the server this machine's zone, which would end up in timestamps without one.
            config.setConnectionInitSql(SESSION);
            config.setConnectionTimeout(WAIT_MILLIS);
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(0);
            config.setPoolName("dynacog");
            try {
                pool = new HikariDataSource(config);
            } catch (RuntimeException e) {
                if (e.getCause() instanceof SQLException cause) {
                    throw cause;
                }
                throw e;
            }
        }
        return pool;
    }

    /** How many rows public.users has, or -1 when there is no such table. */
    public long countUsers() {
        return run(connection -> {
            try (Statement statement = connection.createStatement()) {
                try (ResultSet found = statement.executeQuery("select to_regclass('public.users') is not null")) {
                    found.next();
                    if (!found.getBoolean(1)) {
                        return -1L;
                    }
                }
                try (ResultSet counted = statement.executeQuery("select count(*) from public.users")) {
                    counted.next();
                    return counted.getLong(1);
                }
            }
        });
    }

    /** Ends its connections. The next use makes new ones. */
    public synchronized void disconnect() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
