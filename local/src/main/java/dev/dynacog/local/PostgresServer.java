package dev.dynacog.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.Driver;

/**
 * A Postgres on 127.0.0.1, with database {@code cruddur} and the extension {@code uuid-ossp} in it, that does not
 * outlive the JVM which started it. No Unix socket: two of them would meet in the same folder.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String PASSWORD = "password";
    private static final String DATABASE = "cruddur";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int PORT_ATTEMPTS = 5;

    private final PostgresFolder folder;
    private final Watchdog watchdog;
    private final int port;

    private PostgresServer(PostgresFolder folder, Watchdog watchdog, int port) {
        this.folder = folder;
        this.watchdog = watchdog;
        this.port = port;
    }

    /** Starts a server and waits until its database answers. */
    public static PostgresServer start(PostgresOptions options) {
        return start(options, Unprivileged.choose());
    }

    static PostgresServer start(PostgresOptions options, Unprivileged unprivileged) {
        Path cache = Folders.ensure(options.cacheFolder(), "cache");
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(cache);
        PostgresFolder folder = PostgresFolder.open(options, cache);
        Watchdog watchdog = folder.scratch()
                ? Watchdog.overScratch(folder.cluster(), folder.path(), options.log())
                : Watchdog.overKept(folder.cluster(), options.log());
        try {
            PostgresCluster cluster = new PostgresCluster(folder, binaries, unprivileged, watchdog, options.log());
            cluster.prepare();
            int port = launch(cluster, options.port());
            prepareDatabase(port);
            return new PostgresServer(folder, watchdog, port);
        } catch (IOException problem) {
            giveUp(watchdog, folder);
            throw Folders.unusable(folder.path(), "Postgres data", problem);
        } catch (SQLException problem) {
            giveUp(watchdog, folder);
            throw StackException.failed(
                    "Postgres started, but its database cannot be used: " + problem.getMessage(),
                    "'dynacog local logs' shows more; 'dynacog local down --wipe' starts from nothing",
                    problem);
        } catch (RuntimeException problem) {
            giveUp(watchdog, folder);
            throw problem;
        }
    }

    /** For libpq, psycopg and people: user, password, host, port and database. */
    public String url() {
        return "postgresql://%s:%s@localhost:%d/%s".formatted(USER, PASSWORD, port, DATABASE);
    }

    public int port() {
        return port;
    }

    /**
     * Completes when Postgres has ended, whoever ended it. By looking, because a process that isn't our child tells
     * us nothing, and stays in the table when nobody else collects it.
     */
    CompletableFuture<Void> onExit() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread onlooker = new Thread(
                () -> {
                    while (Postmaster.of(folder.cluster()).isPresent()) {
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    }
                    ended.complete(null);
                },
                "postgres-onlooker");
        onlooker.setDaemon(true);
        onlooker.start();
        return ended;
    }

    @Override
    public void close() {
        giveUp(watchdog, folder);
    }

    /** Returns the port it listens on. */
    private static int launch(PostgresCluster cluster, int wanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = wanted == 0 ? Ports.anyFree() : wanted;
            try {
                cluster.start(port, START_LIMIT);
                return port;
            } catch (StackException problem) {
                // A free port is free until somebody takes it, and Postgres cannot choose one itself.
                boolean portLost = !Ports.isFree(port);
                if (portLost && wanted != 0) {
                    throw Ports.taken("Postgres", port);
                }
                if (!portLost || attempt == PORT_ATTEMPTS) {
                    throw problem;
                }
            }
        }
    }

    private static void prepareDatabase(int port) throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            if (!hasDatabase(statement)) {
                statement.execute("create database " + DATABASE);
            }
        }
        try (Connection connection = connect(port, DATABASE)) {
            createExtension(connection);
        }
    }

    private static boolean hasDatabase(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            return found.next();
        }
    }

    private static void createExtension(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists \"uuid-ossp\"");
            try (ResultSet one = statement.executeQuery("select 1")) {
                if (!one.next()) {
                    throw new SQLException("'select 1' has no rows");
                }
            }
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("socketTimeout", "30");
        Connection connection =
                new Driver().connect("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
        if (connection == null) {
            throw new SQLException("the driver does not know its own address format");
        }
        return connection;
    }

    private static void giveUp(Watchdog watchdog, PostgresFolder folder) {
        watchdog.close();
        folder.lock().close();
    }
}
