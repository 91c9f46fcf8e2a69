package dev.dynacog.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on 127.0.0.1. Every access key and region sees the same tables, since what a developer's AWS CLI, an
 * app and this tool are configured with seldom agrees.
 *
 * <p>Our own Jetty carries its request handler: the server that comes with it listens on every interface, lets every
 * web page in, and reports its use to its maker.
 */
public final class DynamoServer implements AutoCloseable {
    /** What DynamoDB itself takes, and something for what is around it. */
    private static final int LARGEST_REQUEST = 17 << 20;

    private static final String LIST_TABLES = "DynamoDB_20120810.ListTables";

    private final LoopbackHttp http;
    private final LocalDynamoDBRequestHandler database;
    private final @Nullable FolderLock lock;

    private DynamoServer(LoopbackHttp http, LocalDynamoDBRequestHandler database, @Nullable FolderLock lock) {
        this.http = http;
        this.database = database;
        this.lock = lock;
    }

    /**
     * Starts a server and waits for its first answer.
     *
     * @param port 0 for any free one
     * @param dataFolder where tables are kept; without one they are gone when the server is
     */
    public static DynamoServer start(int port, Optional<Path> dataFolder) {
        Optional<Path> folder = dataFolder.map(wanted -> Folders.ensure(wanted, "DynamoDB data"));
        FolderLock lock = folder.map(DynamoServer::lock).orElse(null);
        LoopbackHttp http = null;
        try {
            LocalDynamoDBRequestHandler database = new LocalDynamoDBRequestHandler(
                    0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
            http = new LoopbackHttp(
                    port, LARGEST_REQUEST, LoopbackHttp.USUAL_PATIENCE, new LocalDynamoDBServerHandler(database, null));
            http.start();
            DynamoServer server = new DynamoServer(http, database, lock);
            server.awaitFirstAnswer();
            return server;
        } catch (Exception problem) {
            if (http != null) {
                http.stop();
            }
            if (lock != null) {
                lock.close();
            }
            throw explained(problem, port);
        }
    }

    /** Names localhost, as people and their files do; that IPv4 alone answers is what every client falls back to. */
    public URI endpoint() {
        return URI.create("http://localhost:" + port());
    }

    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        http.stop();
        database.shutdown();
        if (lock != null) {
            lock.close();
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            return FolderLock.tryTake(folder.resolve("lock"))
                    .orElseThrow(() -> StackException.failed(
                            "another DynamoDB Local uses the data folder " + folder,
                            "stop it, or choose another data folder"));
        } catch (IOException problem) {
            throw Folders.unusable(folder, "DynamoDB data", problem);
        }
    }

    /** The first request loads the database's native library and opens its file; a ready server has done so. */
    private void awaitFirstAnswer() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port()).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setReadTimeout(30_000);
        connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        connection.setRequestProperty("X-Amz-Target", LIST_TABLES);
        connection.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=dynacog/20200101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=none");
        try (OutputStream body = connection.getOutputStream()) {
            body.write("{\"Limit\":1}".getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status != HttpURLConnection.HTTP_OK) {
            throw StackException.failed(
                    "DynamoDB Local answered its first request with status " + status,
                    "'dynacog local logs' shows more; 'dynacog local down --wipe' deletes all data");
        }
    }

    private static StackException explained(Exception problem, int port) {
        if (Ports.isTaken(problem)) {
            return Ports.taken("DynamoDB", port);
        }
        if (problem instanceof DynamoDBLocalServiceException) {
            return StackException.failed(
                    "DynamoDB Local did not start: " + problem.getMessage(), "check its data folder", problem);
        }
        return StackException.of(problem);
    }
}
