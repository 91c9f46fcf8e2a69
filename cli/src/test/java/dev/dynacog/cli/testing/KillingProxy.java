package dev.dynacog.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/**
 * Stands between a process and DynamoDB, and kills the process (SIGKILL) at a request that was chosen: so the moment follows
 * from what the process does and not from how fast the machine is.
 */
public final class KillingProxy implements AutoCloseable {
    private static final List<String> HEADERS = List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");

    /** When the process dies. */
    public record Moment(int request, boolean arrives) {
        public static final Moment NEVER = new Moment(Integer.MAX_VALUE, true);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Phaser underWay = new Phaser(1);
    private final URI target;
    private Moment moment = Moment.NEVER;
    private Runnable kill = () -> {};
    private int requests;
    private boolean dead;

    public KillingProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Before a process begins. */
    public synchronized void expect(Moment next) {
        moment = next;
        requests = 0;
        dead = false;
        kill = () -> {};
    }

    /** The process, which may have asked already. */
    public synchronized void watch(Process process) {
        kill = process::destroyForcibly;
        if (dead) {
            kill.run();
        }
    }

    /** How many requests there were, once none is under way any more. */
    public int requests() {
        underWay.arriveAndAwaitAdvance();
        synchronized (this) {
            return requests;
        }
    }

    private enum Fate {
        PASSES,
        ARRIVES_AND_DIES,
        DIES
    }

    private synchronized Fate fate() {
        if (dead) {
            return Fate.DIES;
        }
        requests++;
        if (requests < moment.request()) {
            return Fate.PASSES;
        }
        dead = true;
        if (!moment.arrives()) {
            kill.run();
        }
        return moment.arrives() ? Fate.ARRIVES_AND_DIES : Fate.DIES;
    }

    private void handle(HttpExchange exchange) throws IOException {
        underWay.register();
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            Fate fate = fate();
            if (fate == Fate.DIES) {
                return;
            }
            HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            for (String header : HEADERS) {
                connection.setRequestProperty(
                        header, exchange.getRequestHeaders().getFirst(header));
            }
            connection.getOutputStream().write(request);
            int status = connection.getResponseCode();
            byte[] answer = (status < 400 ? connection.getInputStream() : connection.getErrorStream()).readAllBytes();
            if (fate == Fate.ARRIVES_AND_DIES) {
                synchronized (this) {
                    kill.run();
                }
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            String crc = connection.getHeaderField("x-amz-crc32");
            if (crc != null) {
                exchange.getResponseHeaders().add("x-amz-crc32", crc);
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
