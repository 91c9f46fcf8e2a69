package dev.dynacog.cli.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where nobody should ever connect, and counts who did. */
public final class Trap implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger caught = new AtomicInteger();
    private final Thread thread;

    private Trap(ServerSocket server) {
        this.server = server;
        this.thread = new Thread(this::listen, "trap");
    }

    public static Trap set() throws IOException {
        Trap trap = new Trap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        trap.thread.setDaemon(true);
        trap.thread.start();
        return trap;
    }

    private void listen() {
        while (true) {
            try {
                Socket socket = server.accept();
                caught.incrementAndGet();
                socket.close();
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many came. Whoever connected before the call is counted, if need be by waiting in the same queue. */
    public int caught() throws IOException {
        try (Socket last = new Socket(server.getInetAddress(), port())) {
            // It is answered after all that came before it.
            last.getInputStream().read();
        }
        return caught.get() - 1;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
