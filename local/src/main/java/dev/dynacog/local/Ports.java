package dev.dynacog.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** Finds ports that clients of {@code localhost} will reach us on. */
final class Ports {
    private static final int ATTEMPTS = 50;

    private Ports() {}

    /**
     * A port to start on, 0 for any.
     *
     * @param passedOver why it is not the usual one
     */
    record Choice(int port, Optional<String> passedOver) {
        /** For the user, once it is known where the server ended up. */
        Optional<String> note(String server, int actualPort) {
            return passedOver.map(reason -> "%s; %s is on port %d".formatted(reason, server, actualPort));
        }
    }

    static Choice choose(String server, PortRequest request) {
        if (request instanceof PortRequest.Usual usual) {
            return isFree(usual.port()) ? new Choice(usual.port(), Optional.empty()) : passOver(usual.port());
        }
        if (request instanceof PortRequest.Exactly exactly) {
            if (!isFree(exactly.port())) {
                throw taken(server, exactly.port());
            }
            return new Choice(exactly.port(), Optional.empty());
        }
        return new Choice(0, Optional.empty());
    }

    static StackException taken(String server, int port) {
        return StackException.usage(
                "port %d, asked for %s, is taken%s".formatted(port, server, holder(port)),
                "stop that process, or choose another port (0 for any free one)");
    }

    /** Whether a server didn't start because somebody has its port. */
    static boolean isTaken(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    static int anyFree() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(Loopback.v4(), 0));
                int port = probe.getLocalPort();
                if (!answers(Loopback.v6(), port)) {
                    return port;
                }
            } catch (IOException noneLeft) {
                break;
            }
        }
        throw StackException.failed(
                "this machine has no free port on 127.0.0.1", "close some connections and try again");
    }

    /**
     * A port is also taken when somebody listens on ::1 alone: a client that tries IPv6 first would meet them and not
     * us. And a bind alone doesn't tell on macOS, where 127.0.0.1 can be had beside a listener on all addresses.
     */
    static boolean isFree(int port) {
        if (answers(Loopback.v4(), port) || answers(Loopback.v6(), port)) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(Loopback.v4(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static Choice passOver(int usual) {
        return new Choice(0, Optional.of("port %d is taken%s".formatted(usual, holder(usual))));
    }

    private static String holder(int port) {
        return PortHolder.of(port).map(holder -> " by " + holder).orElse("");
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
