package dev.dynacog.cli.training;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of Postgres' protocol as the driver needs: whatever is asked, the answer is one row with the number 1, or none
 * where several columns are expected.
 */
final class StubPostgres implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int TEXT = 25;
    private static final List<String> WITHOUT_ROWS = List.of("pg_stat_activity", "select number, name");

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private StubPostgres(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    static StubPostgres start() throws IOException {
        return new StubPostgres(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    }

    String url() {
        return "postgresql://postgres:training@127.0.0.1:" + server.getLocalPort() + "/cruddur";
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException ended) {
            // The training is over.
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            greet(in, out);
            boolean hasRow = true;
            while (true) {
                int kind = in.read();
                if (kind < 0 || kind == 'X') {
                    return;
                }
                String body = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
                if (kind == 'Q' || kind == 'P') {
                    hasRow = WITHOUT_ROWS.stream().noneMatch(body::contains);
                }
                answer(kind, hasRow, out);
            }
        } catch (IOException ended) {
            // The driver has hung up.
        }
    }

    private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int version = in.readInt();
            in.readNBytes(length - 8);
            if (version != SSL_REQUEST && version != GSS_REQUEST) {
                break;
            }
            out.write('N');
            out.flush();
        }
        out.write('R');
        out.writeInt(8);
        out.writeInt(0);
        var settings = Map.of(
                "server_version", "18.0",
                "client_encoding", "UTF8",
                "DateStyle", "ISO, MDY",
                "integer_datetimes", "on",
                "standard_conforming_strings", "on",
                "TimeZone", "UTC");
        for (var setting : settings.entrySet()) {
            send(out, 'S', setting.getKey() + '\0' + setting.getValue() + '\0');
        }
        ready(out);
    }

    private static void answer(int kind, boolean hasRow, DataOutputStream out) throws IOException {
        switch (kind) {
            case 'Q' -> {
                columns(out);
                row(hasRow, out);
                ready(out);
            }
            case 'P' -> send(out, '1', "");
            case 'B' -> send(out, '2', "");
            case 'C' -> send(out, '3', "");
            case 'D' -> columns(out);
            case 'E' -> row(hasRow, out);
            case 'S' -> ready(out);
            default -> {
                // Flush and the like need no answer.
            }
        }
    }

    private static void columns(DataOutputStream out) throws IOException {
        String name = "n\0";
        out.write('T');
        out.writeInt(4 + 2 + name.length() + 18);
        out.writeShort(1);
        out.writeBytes(name);
        out.writeInt(0);
        out.writeShort(0);
        out.writeInt(TEXT);
        out.writeShort(-1);
        out.writeInt(-1);
        out.writeShort(0);
    }

    private static void row(boolean hasRow, DataOutputStream out) throws IOException {
        if (hasRow) {
            out.write('D');
            out.writeInt(4 + 2 + 4 + 1);
            out.writeShort(1);
            out.writeInt(1);
            out.write('1');
        }
        send(out, 'C', "SELECT 1\0");
    }

    private static void ready(DataOutputStream out) throws IOException {
        send(out, 'Z', "I");
        out.flush();
    }

    private static void send(DataOutputStream out, char kind, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(kind);
        out.writeInt(4 + bytes.length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
