package dev.dynacog.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Cognito endpoint with one user pool, on 127.0.0.1, for listing and administering users: nobody signs in here, and
 * any signature is good.
 */
public final class CognitoServer implements AutoCloseable {
    private static final String TARGET = "AWSCognitoIdentityProviderService.";
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final int THREADS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer http;
    private final ExecutorService threads;
    private final CognitoPool pool;
    private final @Nullable FolderLock lock;

    private CognitoServer(HttpServer http, ExecutorService threads, CognitoPool pool, @Nullable FolderLock lock) {
        this.http = http;
        this.threads = threads;
        this.pool = pool;
        this.lock = lock;
    }

    public static CognitoServer start(CognitoOptions options) {
        Optional<Path> folder = options.dataFolder().map(wanted -> Folders.ensure(wanted, "Cognito data"));
        FolderLock lock = folder.map(CognitoServer::lock).orElse(null);
        try {
            CognitoPool pool = CognitoPool.open(new CognitoOptions(options.port(), folder, options.users()));
            // Java's server sends head and body apart, and the second waits 40 ms for the caller to confirm the first.
            System.setProperty("sun.net.httpserver.nodelay", "true");
            HttpServer http = HttpServer.create(new InetSocketAddress(Loopback.v4(), options.port()), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "cognito");
                thread.setDaemon(true);
                return thread;
            });
            CognitoService service = new CognitoService(pool);
            http.createContext("/", exchange -> serve(exchange, service));
            http.setExecutor(threads);
            http.start();
            return new CognitoServer(http, threads, pool, lock);
        } catch (IOException | RuntimeException problem) {
            if (lock != null) {
                lock.close();
            }
            throw problem instanceof BindException
                    ? Ports.taken(CognitoPart.NAME, options.port())
                    : StackException.of(problem);
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            return FolderLock.tryTake(folder.resolve("lock"))
                    .orElseThrow(() -> StackException.failed(
                            "another stack uses the Cognito data folder " + folder,
                            "stop it, or choose another data folder"));
        } catch (IOException problem) {
            throw Folders.unusable(folder, "Cognito data", problem);
        }
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + port());
    }

    public int port() {
        return http.getAddress().getPort();
    }

    public String poolId() {
        return CognitoPool.ID;
    }

    /** How many users the pool has now. */
    public int users() {
        return pool.size();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        if (lock != null) {
            lock.close();
        }
    }

    /** A web page can't send the header with the operation without asking first, and that is refused. */
    private static void serve(HttpExchange exchange, CognitoService service) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (!exchange.getRequestMethod().equals("POST") || target == null || !target.startsWith(TARGET)) {
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("OPTIONS") ? 403 : 404, -1);
                return;
            }
            try {
                byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST);
                send(exchange, 200, service.answer(target.substring(TARGET.length()), JSON.readTree(body)));
            } catch (CognitoFault fault) {
                refuse(exchange, 400, fault.type(), String.valueOf(fault.getMessage()));
            } catch (JsonProcessingException problem) {
                refuse(exchange, 400, "SerializationException", "the request is not JSON");
            } catch (RuntimeException problem) {
                problem.printStackTrace();
                refuse(exchange, 500, "InternalErrorException", String.valueOf(problem.getMessage()));
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
        send(exchange, status, JSON.createObjectNode().put("__type", type).put("message", message));
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders()
                .set("x-amzn-RequestId", java.util.UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
