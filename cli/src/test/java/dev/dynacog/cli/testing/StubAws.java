package dev.dynacog.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers as it is told, to make the faults that a real one makes once a year. */
public final class StubAws implements AutoCloseable {
    private final HttpServer server;
    private final List<String> operations = new CopyOnWriteArrayList<>();

    /** What to answer. */
    public interface Script {
        /**
         * Answers one request.
         *
         * @param operation the last part of X-Amz-Target
         * @param number how many requests of that operation came before
         */
        Answer answer(String operation, String body, int number) throws IOException;
    }

    /** An answer; a length that is more than the body makes a connection that is cut in the middle. */
    public record Answer(int status, String body, int announcedLength) {
        public static Answer ok(String body) {
            return new Answer(200, body, body.getBytes(StandardCharsets.UTF_8).length);
        }

        public static Answer error(int status, String type, String message) {
            String body = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
            return new Answer(status, body, body.length());
        }

        public static Answer cutOff(String body) {
            return new Answer(200, body, body.length() + 1000);
        }
    }

    public StubAws(Script script) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> handle(exchange, script));
        server.start();
    }

    private void handle(HttpExchange exchange, Script script) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String operation = target.substring(target.lastIndexOf('.') + 1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number;
        synchronized (this) {
            number = (int) operations.stream().filter(operation::equals).count();
            operations.add(operation);
        }
        Answer answer = script.answer(operation, body, number);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(answer.status(), answer.announcedLength());
        exchange.getResponseBody().write(bytes);
        // Closing with too little written cuts the connection.
        exchange.close();
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What was asked, in order. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
