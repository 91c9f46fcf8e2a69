package dev.dynacog.messages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client and its server, and plays the client's death: from the call that was chosen on, nothing gets
 * through any more, until a new life begins.
 */
final class CrashingProxy implements AutoCloseable {
    private static final List<String> HEADERS = List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");
    private static final int NEVER = Integer.MAX_VALUE;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI target;
    private int callsLeft = NEVER;
    private boolean lastArrives;

    CrashingProxy(URI target) {
        this.target = target;
        // Otherwise the body of each answer waits for the client to have acknowledged its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /**
     * Dies at one of the next calls.
     *
     * @param calls how many still get through whole
     * @param arrives whether the deadly call itself reaches the server, so that only its answer is lost
     */
    synchronized void dieAfter(int calls, boolean arrives) {
        callsLeft = calls;
        lastArrives = arrives;
    }

    synchronized void live() {
        callsLeft = NEVER;
    }

    private enum Fate {
        WHOLE,
        ANSWER_LOST,
        LOST
    }

    private synchronized Fate fate() {
        if (callsLeft == NEVER) {
            return Fate.WHOLE;
        }
        if (callsLeft > 0) {
            callsLeft--;
            return Fate.WHOLE;
        }
        boolean arrives = lastArrives;
        lastArrives = false;
        return arrives ? Fate.ANSWER_LOST : Fate.LOST;
    }

    /** Sends the same request there. */
    static HttpURLConnection forward(HttpExchange exchange, byte[] request, URI target) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        for (String header : HEADERS) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                connection.setRequestProperty(header, value);
            }
        }
        connection.getOutputStream().write(request);
        return connection;
    }

    static byte[] body(HttpURLConnection connection) throws IOException {
        return (connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream())
                .readAllBytes();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        Fate fate = fate();
        int status = 400;
        byte[] answer = "{\"__type\":\"x#Dead\",\"message\":\"dead\"}".getBytes(StandardCharsets.UTF_8);
        if (fate != Fate.LOST) {
            HttpURLConnection connection = forward(exchange, request, target);
            int code = connection.getResponseCode();
            byte[] body = body(connection);
            if (fate == Fate.WHOLE) {
                status = code;
                answer = body;
            }
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
