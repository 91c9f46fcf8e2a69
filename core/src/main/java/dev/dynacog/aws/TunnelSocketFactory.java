package dev.dynacog.aws;

import dev.dynacog.config.Proxies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS through a proxy's tunnel. Java can do that too, but signs in to a proxy only with a property of the whole JVM set,
 * and shows the header to the server otherwise.
 */
final class TunnelSocketFactory extends SSLSocketFactory {
    /** How the message begins when the proxy says no; what it said follows. */
    static final String REFUSED = "the proxy answered ";

    private static final int MOST_OF_A_HEAD = 16_384;

    private final Proxies.Proxy proxy;
    private final SSLSocketFactory tls;

    TunnelSocketFactory(Proxies.Proxy proxy, SSLSocketFactory tls) {
        this.proxy = proxy;
        this.tls = tls;
    }

    /** Java connects this one by itself, and lays TLS over it afterwards. */
    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                super.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeout);
                int patience = getSoTimeout();
                setSoTimeout(timeout);
                openTunnel(this, (InetSocketAddress) endpoint);
                setSoTimeout(patience);
            }
        };
    }

    private void openTunnel(Socket socket, InetSocketAddress endpoint) throws IOException {
        String place = endpoint.getHostString() + ":" + endpoint.getPort();
        StringBuilder request = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n");
        proxy.authorization()
                .ifPresent(secret ->
                        request.append("Proxy-Authorization: ").append(secret).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        String head = readHead(socket.getInputStream());
        String[] status = head.lines().findFirst().orElse("").split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].equals("200")) {
            socket.close();
            throw new IOException(REFUSED + (status.length < 2 ? "nothing" : status[1]));
        }
    }

    /** Not a byte more than the head: what follows is TLS. */
    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2 && head.size() < MOST_OF_A_HEAD) {
            int unit = in.read();
            if (unit < 0) {
                break;
            }
            head.write(unit);
            ends = unit == '\n' ? ends + 1 : unit == '\r' ? ends : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(InetSocketAddress.createUnresolved(host, port), 0);
        return tls.createSocket(socket, host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
