package dev.dynacog.aws;

import dev.dynacog.config.Proxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The HTTP client for an endpoint. */
final class HttpClients {
    /** Two attempts at most are made, and a user is told within five seconds that nothing answers. */
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private static final Duration READ = Duration.ofSeconds(20);

    private HttpClients() {}

    static SdkHttpClient forEndpoint(Optional<URI> endpoint, Proxies proxies) {
        boolean plain = endpoint.map(uri -> "http".equals(uri.getScheme())).orElse(false);
        if (plain) {
            // The builder reads the trust store even when no TLS will be spoken, which is a third of a local command's
            // time. A local server is never behind a proxy.
            return UrlConnectionHttpClient.create(uri -> new BufferedConnection(open(uri)));
        }
        if (proxies.isAny()) {
            return new PreparedHttpClient(() -> {
                ProxiedConnections connections = new ProxiedConnections(proxies);
                return UrlConnectionHttpClient.create(uri -> new BufferedConnection(connections.open(uri)));
            });
        }
        return new PreparedHttpClient(() -> UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .build());
    }

    static HttpURLConnection open(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) READ.toMillis());
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
