package dev.dynacog.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A database's address as people have it: {@code postgresql://}, {@code postgres://} or {@code jdbc:postgresql://}. It
 * is taken apart once, by position, so that a user called like the database stays a user.
 */
public record PostgresUrl(
        List<Host> hosts,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> query) {

    /** One server of the address. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    private static final int DEFAULT_PORT = 5432;

    public PostgresUrl {
        hosts = List.copyOf(hosts);
        query = Map.copyOf(query);
    }

    /**
     * @throws IllegalArgumentException with a message that never contains the password
     */
    public static PostgresUrl parse(String text) {
        String rest = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        if (rest.startsWith("postgresql://")) {
            rest = rest.substring("postgresql://".length());
        } else if (rest.startsWith("postgres://")) {
            rest = rest.substring("postgres://".length());
        } else {
            throw new IllegalArgumentException("it doesn't start with postgresql://");
        }
        if (rest.contains("#")) {
            throw new IllegalArgumentException("'#' must be written %23");
        }
        Map<String, String> query = new LinkedHashMap<>();
        int question = rest.indexOf('?');
        if (question >= 0) {
            parseQuery(rest.substring(question + 1), query);
            rest = rest.substring(0, question);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decode(rest.substring(slash + 1));
        if (database.contains("/")) {
            throw new IllegalArgumentException("the database's name has a '/' in it (in a password it is written %2F)");
        }
        Optional<String> user = Optional.ofNullable(query.remove("user"));
        Optional<String> password = Optional.ofNullable(query.remove("password"));
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            user = Optional.of(decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
            if (colon >= 0) {
                password = Optional.of(decode(userInfo.substring(colon + 1)));
            }
        }
        List<Host> hosts = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            hosts.add(parseHost(host));
        }
        if (database.isEmpty()) {
            // What psql does: the database is called like the user.
            database = user.orElseThrow(() -> new IllegalArgumentException("it names no database"));
        }
        return new PostgresUrl(hosts, database, user, password, query);
    }

    private static void parseQuery(String text, Map<String, String> into) {
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("its query has a part without '='");
            }
            into.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
    }

    private static Host parseHost(String text) {
        int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']')) : text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (colon < 0 || colon == text.length() - 1) {
            return new Host(name.isEmpty() ? "localhost" : name, DEFAULT_PORT);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("its port is not between 1 and 65535");
            }
            return new Host(name.isEmpty() ? "localhost" : name, port);
        } catch (NumberFormatException e) {
            // The text may be the tail of an unencoded password, so it is not repeated.
            throw new IllegalArgumentException(
                    "its port is not a number ('@', ':' and '/' in a password are written %40, %3A and %2F)", e);
        }
    }

    private static String decode(String text) {
        try {
            // URLDecoder reads '+' as a space, which is right for forms and wrong here.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it has a '%' that no two hexadecimal digits follow", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same address for another database of the same server. */
    public PostgresUrl withDatabase(String other) {
        return new PostgresUrl(hosts, other, user, password, query);
    }

    /** The same address with another value for one of its parameters. */
    public PostgresUrl with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(query);
        changed.put(parameter, value);
        return new PostgresUrl(hosts, database, user, password, changed);
    }

    /** What JDBC connects to; user and password travel apart from it, so that no exception repeats them. */
    public String jdbcUrl() {
        StringBuilder url = new StringBuilder("jdbc:postgresql://")
                .append(hostList())
                .append('/')
                .append(encode(database));
        char separator = '?';
        for (var entry : query.entrySet()) {
            url.append(separator).append(encode(entry.getKey())).append('=').append(encode(entry.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    /** The hosts and ports, as written. */
    public String hostList() {
        return String.join(",", hosts.stream().map(Host::toString).toList());
    }

    /** The address without its password. */
    public String masked() {
        StringBuilder url = new StringBuilder("postgresql://");
        user.ifPresent(name -> url.append(encode(name)));
        password.ifPresent(secret -> url.append(":****"));
        if (user.isPresent() || password.isPresent()) {
            url.append('@');
        }
        url.append(hostList()).append('/').append(encode(database));
        char separator = '?';
        for (var entry : query.entrySet()) {
            boolean secret = entry.getKey().toLowerCase(Locale.ROOT).contains("password");
            url.append(separator)
                    .append(encode(entry.getKey()))
                    .append('=')
                    .append(secret ? "****" : encode(entry.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    /** Without the password: a record would print it, and what is printed ends in logs. */
    @Override
    public String toString() {
        return masked();
    }
}
