package dev.dynacog.aws;

import dev.dynacog.config.Proxies;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connections to https endpoints, each through the proxy that is set for it, if one is. The SDK would take the proxy from
 * the variables by itself, but knows neither small letters nor loopback.
 */
final class ProxiedConnections {
    private final Proxies proxies;
    private final SSLSocketFactory tls = HttpsURLConnection.getDefaultSSLSocketFactory();

    /** One for a host, so that Java finds the connections again that it kept. */
    private final Map<String, SSLSocketFactory> factories = new ConcurrentHashMap<>();

    ProxiedConnections(Proxies proxies) {
        this.proxies = proxies;
    }

    HttpURLConnection open(URI uri) {
        HttpURLConnection connection = HttpClients.open(uri);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(factories.computeIfAbsent(uri.getHost(), this::factory));
        }
        return connection;
    }

    private SSLSocketFactory factory(String host) {
        return proxies.forHost(host)
                .<SSLSocketFactory>map(proxy -> new TunnelSocketFactory(proxy, tls))
                .orElse(tls);
    }
}
