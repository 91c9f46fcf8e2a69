package dev.dynacog.local;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A Postgres on 127.0.0.1, with database {@code cruddur} and the extension {@code uuid-ossp} in it, that does not
 * outlive the JVM which started it. No Unix socket: two of them would meet in the same folder.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String DATABASE = "cruddur";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int PORT_ATTEMPTS = 5;

    private final PostgresFolder folder;
    private final Watchdog watchdog;
    private final int port;
    private final PostgresSecrets secrets;

    private PostgresServer(PostgresFolder folder, Watchdog watchdog, int port, PostgresSecrets secrets) {
        this.folder = folder;
        this.watchdog = watchdog;
        this.port = port;
        this.secrets = secrets;
    }

    /** Starts a server and waits until its database answers. */
    public static PostgresServer start(PostgresOptions options) {
        return start(options, Unprivileged.choose());
    }

    static PostgresServer start(PostgresOptions options, Unprivileged unprivileged) {
        Path cache = Folders.ensure(options.cacheFolder(), "cache");
        reach(cache, unprivileged);
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(cache);
        PostgresFolder folder = PostgresFolder.open(options, cache);
        Watchdog watchdog = folder.scratch()
                ? Watchdog.overScratch(folder.cluster(), folder.path(), options.log())
                : Watchdog.overKept(folder.cluster(), options.log());
        try {
            PostgresCluster cluster = new PostgresCluster(folder, binaries, unprivileged, watchdog, options.log());
            cluster.prepare();
            int port = launch(cluster, options.port());
            PostgresSecrets secrets = PostgresSecrets.of(folder.cluster(), options.password());
            prepareDatabase(new PostgresRoles(port, secrets));
            return new PostgresServer(folder, watchdog, port, secrets);
        } catch (IOException problem) {
            giveUp(watchdog, folder);
            throw Folders.unusable(folder.path(), "Postgres data", problem);
        } catch (SQLException problem) {
            giveUp(watchdog, folder);
            throw StackException.failed(
                    "Postgres started, but its database cannot be used: " + problem.getMessage(),
                    "'dynacog local logs' shows more; 'dynacog local down --wipe' deletes all data",
                    problem);
        } catch (RuntimeException problem) {
            giveUp(watchdog, folder);
            throw problem;
        }
    }

    /** For libpq, psycopg and people: user, password, host, port and database. */
    public String url() {
        return url(PostgresRoles.APP, secrets.app());
    }

    /** For whoever started the server in a JVM of their own and has to make roles, or change its settings. */
    public String superuserUrl() {
        return url(PostgresRoles.SUPERUSER, secrets.superuser());
    }

    private String url(String role, String password) {
        return "postgresql://%s:%s@localhost:%d/%s"
                .formatted(
                        role,
                        // The plus of forms means a space nowhere else.
                        URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20"),
                        port,
                        DATABASE);
    }

    /** Where its files are. */
    Path cluster() {
        return folder.cluster();
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

    private static void reach(Path cache, Unprivileged unprivileged) {
        try {
            unprivileged.letThrough(cache);
            unprivileged.letThrough(Folders.ensure(cache.resolve(PostgresFolder.SCRATCH), "cache"));
        } catch (IOException problem) {
            throw Folders.unusable(cache, "cache", problem);
        }
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

    private static void prepareDatabase(PostgresRoles roles) throws SQLException {
        roles.arrange(DATABASE);
        try (Connection connection = roles.app(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists \"uuid-ossp\"");
            try (ResultSet one = statement.executeQuery("select 1")) {
                if (!one.next()) {
                    throw new SQLException("'select 1' has no rows");
                }
            }
        }
    }

    private static void giveUp(Watchdog watchdog, PostgresFolder folder) {
        watchdog.close();
        folder.lock().close();
    }
}
