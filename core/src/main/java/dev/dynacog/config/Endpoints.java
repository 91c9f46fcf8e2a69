package dev.dynacog.config;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a service, checked once where it enters. */
final class Endpoints {
    private Endpoints() {}

    /**
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL", e);
        }
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("it doesn't start with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it has no host");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("it contains a user name, which AWS endpoints do not accept");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("it contains a '#'");
        }
        return uri;
    }

    /** Without what may be secret: nothing is, since {@link #parse} refuses user names; a query is cut all the same. */
    static String masked(URI endpoint) {
        return endpoint.toString().replaceFirst("\\?.*", "?****");
    }
}
