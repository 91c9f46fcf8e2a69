package dev.dynacog.cli.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A server that writes what it likes behind a request, byte for byte: what no HTTP library would let it. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;

    /** What is written for one request, of which the head is known; the connection is closed after it. */
    public interface Script {
        void answer(String head, OutputStream out) throws IOException;
    }

    public RawServer(Script script) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(() -> {
            while (!socket.isClosed()) {
                accept(script);
            }
        });
    }

    /** The same answer to everything. */
    public static RawServer of(String head, String body) {
        return new RawServer((request, out) -> write(out, "HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n" + body));
    }

    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept(Script script) {
        try {
            Socket connection = socket.accept();
            run(() -> serve(connection, script));
        } catch (IOException ignored) {
            // The test is over.
        }
    }

    private static void serve(Socket connection, Script script) {
        try (connection) {
            String head = readRequest(new BufferedInputStream(connection.getInputStream()));
            OutputStream out = connection.getOutputStream();
            script.answer(head, out);
            out.flush();
            connection.shutdownOutput();
            // What was not read yet would make the system reset the connection.
            connection.getInputStream().readAllBytes();
        } catch (IOException ignored) {
            // The client has gone, as it may.
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int unit = in.read();
            if (unit < 0) {
                return head.toString();
            }
            head.append((char) unit);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
        return head.toString();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String endpoint() {
        return "http://localhost:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
