package dev.dynacog.postgres;

import dev.dynacog.config.PostgresUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;

/**
 * Connects to the addresses that a name was judged by, whatever the name is answered with by then. The driver makes it by
 * its name, and can hand it no more than a text.
 */
public final class JudgedSocketFactory extends SocketFactory {
    private final Map<String, List<InetAddress>> judged = new LinkedHashMap<>();

    /** As {@link #describe} writes it: {@code name=address=address,name=address}. */
    public JudgedSocketFactory(String hosts) throws UnknownHostException {
        for (String host : hosts.split(",", -1)) {
            String[] parts = host.split("=", -1);
            List<InetAddress> addresses = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                addresses.add(InetAddress.getByName(parts[i]));
            }
            judged.put(parts[0], addresses);
        }
    }

    /** The hosts whose addresses were judged, for the constructor; empty when none was. */
    static String describe(PostgresUrl url) {
        List<String> hosts = new ArrayList<>();
        for (PostgresUrl.Host host : url.hosts()) {
            if (!host.addresses().isEmpty()) {
                StringBuilder text = new StringBuilder(bare(host.name()));
                host.addresses().forEach(address -> text.append('=').append(address.getHostAddress()));
                hosts.add(text.toString());
            }
        }
        return String.join(",", hosts);
    }

    private static String bare(String name) {
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /** The driver knows only this one. */
    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                super.connect(endpoint instanceof InetSocketAddress wanted ? judged(wanted) : endpoint, timeout);
            }
        };
    }

    private InetSocketAddress judged(InetSocketAddress wanted) {
        List<InetAddress> addresses = judged.getOrDefault(bare(wanted.getHostString()), List.of());
        return addresses.isEmpty() || addresses.contains(wanted.getAddress())
                ? wanted
                : new InetSocketAddress(addresses.get(0), wanted.getPort());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address, 0);
        return socket;
    }
}
