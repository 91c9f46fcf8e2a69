package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that https goes through, as curl has it: {@code https_proxy} and the hosts that {@code no_proxy} leaves out, in
 * small letters or, where those aren't set, in capitals. Nothing is read before somebody asks.
 */
public record Proxies(Map<String, String> variables) {
    private static final int DEFAULT_PORT = 1080;

    /**
     * One proxy.
     *
     * @param authorization the header that signs in to it; never to be shown
     * @param variable where it is set
     */
    public record Proxy(String host, int port, Optional<String> authorization, String variable) {
        /** Without user and password: a record would print them. */
        @Override
        public String toString() {
            return host + ":" + port + " (" + variable + ")";
        }
    }

    public Proxies {
        variables = Map.copyOf(variables);
    }

    /** Without the variables, among which are secrets. */
    @Override
    public String toString() {
        return "Proxies[" + shown().map(Sourced::value).orElse("none") + "]";
    }

    /** Whether any is set. */
    public boolean isAny() {
        return set("https_proxy").isPresent();
    }

    /** The proxy as it is shown. */
    Optional<Sourced<String>> shown() {
        return set("https_proxy").map(found -> {
            Proxy proxy = parse(found);
            String signIn = proxy.authorization().isPresent() ? "****@" : "";
            return new Sourced<>("http://" + signIn + proxy.host() + ":" + proxy.port(), found.origin());
        });
    }

    /** The proxy for an https endpoint; none for what must not or need not go through it. */
    public Optional<Proxy> forHost(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (Hosts.isLoopback(name) || isLeftOut(name.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return set("https_proxy").map(Proxies::parse);
    }

    private Optional<Sourced<String>> set(String name) {
        for (String variable : List.of(name, name.toUpperCase(Locale.ROOT))) {
            String value = variables.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(new Sourced<>(value, new Origin.Variable(variable)));
            }
        }
        return Optional.empty();
    }

    private boolean isLeftOut(String host) {
        String all = set("no_proxy").map(Sourced::value).orElse("");
        for (String pattern : all.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (!pattern.isEmpty() && fits(pattern, host)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String pattern, String host) {
        if (pattern.equals("*")) {
            return true;
        }
        if (pattern.contains("/")) {
            return isIn(pattern, host);
        }
        String suffix = pattern.startsWith(".") ? pattern.substring(1) : pattern;
        return host.equals(suffix) || host.endsWith("." + suffix);
    }

    /** A network is for hosts that are written as addresses; none is looked up. */
    private static boolean isIn(String network, String host) {
        int slash = network.indexOf('/');
        try {
            return isAddress(host)
                    && isAddress(network.substring(0, slash))
                    && new Hosts.Network(
                                    InetAddress.getByName(network.substring(0, slash)),
                                    Integer.parseInt(network.substring(slash + 1)))
                            .contains(InetAddress.getByName(host));
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean isAddress(String text) {
        return text.contains(":") || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static Proxy parse(Sourced<String> set) {
        String variable = set.origin().describe();
        String text = set.value().contains("://") ? set.value() : "http://" + set.value();
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Its message would repeat the password.
            throw wrong(variable, "is not a URL");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw wrong(variable, "doesn't start with http://, and dynacog knows no other kind of proxy");
        }
        if (uri.getHost() == null) {
            throw wrong(variable, "names no host");
        }
        return new Proxy(
                uri.getHost(),
                uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
                Optional.ofNullable(uri.getUserInfo())
                        .map(user ->
                                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))),
                variable);
    }

    private static DynacogException wrong(String variable, String what) {
        return new DynacogException.Usage(
                variable + " " + what,
                "for example http://proxy.example.com:3128; what is special in a password is written %40");
    }
}
