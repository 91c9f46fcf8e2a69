package dev.dynacog.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that behaves as Cognito sometimes does: what it answers to the first, the second, ... request is scripted. */
public final class StubCognito implements AutoCloseable {
    /** What is answered to a request. */
    public interface Script {
        Answer answer(int request, String body);
    }

    /** An answer; a cut one ends in the middle of its body. */
    public record Answer(int status, String body, boolean cut) {
        public static Answer ok(String body) {
            return new Answer(200, body, false);
        }

        public static Answer error(int status, String type, String message) {
            return new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}", false);
        }

        public static Answer cutOff() {
            return new Answer(200, "{\"Users\":[{\"Username\":\"a", true);
        }
    }

    private static final String POOL =
            "{\"UserPool\":{\"Id\":\"eu-west-1_AbC123DeF\",\"Name\":\"stub\",\"EstimatedNumberOfUsers\":100}}";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> bodies = new ArrayList<>();

    /** Answers ListUsers by the script; what it says of itself is that it has some users. */
    public StubCognito(Script script) {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", exchange -> serve(exchange, script));
        http.start();
    }

    private void serve(HttpExchange exchange, Script script) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith(".DescribeUserPool")
                            ? Answer.ok(POOL)
                            : script.answer(take(body), body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), answer.cut() ? bytes.length + 500 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        }
    }

    private synchronized int take(String body) {
        bodies.add(body);
        return count.incrementAndGet();
    }

    /** A page of users with a handle each. */
    public static String page(int from, int to, String token) {
        List<String> users = new ArrayList<>();
        for (int i = from; i < to; i++) {
            users.add(user("u" + i, "CONFIRMED", "\"preferred_username\":\"user" + i + "\"", sub(i)));
        }
        return pageOf(users, token);
    }

    public static String pageOf(List<String> users, String token) {
        return "{\"Users\":[" + String.join(",", users) + "]"
                + (token.isEmpty() ? "" : ",\"PaginationToken\":\"" + token + "\"") + "}";
    }

    /** One user; attributes as JSON members, escapes and all. */
    public static String user(String username, String status, String attributes, String sub) {
        StringBuilder list = new StringBuilder("{\"Name\":\"sub\",\"Value\":\"" + sub + "\"}");
        for (String attribute : attributes.isEmpty() ? new String[0] : attributes.split(",(?=\"[a-z:_]+\":)")) {
            int colon = attribute.indexOf("\":");
            list.append(",{\"Name\":")
                    .append(attribute, 0, colon + 1)
                    .append(",\"Value\":")
                    .append(attribute.substring(colon + 2))
                    .append('}');
        }
        return "{\"Username\":\"" + username + "\",\"Enabled\":true,\"UserStatus\":\"" + status
                + "\",\"UserCreateDate\":1.679475685547E9,\"UserLastModifiedDate\":1.679475685547E9,\"Attributes\":["
                + list + "]}";
    }

    public static String sub(int number) {
        return String.format("%08x-0000-4000-8000-%012x", number, number);
    }

    /** A command line whose pool is this one. */
    public Cli cli() {
        return Cli.inPipe()
                .with(
                        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
                        "http://localhost:" + http.getAddress().getPort())
                .with("AWS_COGNITO_USER_POOL_ID", "eu-west-1_AbC123DeF");
    }

    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
