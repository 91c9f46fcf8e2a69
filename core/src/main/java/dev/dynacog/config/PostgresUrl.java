package dev.dynacog.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /**
     * @throws IllegalArgumentException with a message that never contains the password
     */
    public static PostgresUrl parse(String text) {
        boolean jdbc = text.startsWith("jdbc:");
        String rest = withoutScheme(jdbc ? text.substring("jdbc:".length()) : text);
        // The authority ends at the first '/', and what is before an '@' in it may contain anything else.
        int slash = rest.indexOf('/');
        int at = (slash < 0 ? rest : rest.substring(0, slash)).lastIndexOf('@');
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        if (at >= 0) {
            String userInfo = rest.substring(0, at);
            int colon = userInfo.indexOf(':');
            user = named(decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
            password = colon < 0 ? Optional.empty() : named(decode(userInfo.substring(colon + 1)));
        }
        String place = rest.substring(at + 1);
        if (place.contains("#")) {
            throw new IllegalArgumentException("'#' must be written %23");
        }
        int question = place.indexOf('?');
        Map<String, String> query = question < 0 ? new LinkedHashMap<>() : query(place.substring(question + 1), jdbc);
        String path = question < 0 ? place : place.substring(0, question);
        int afterHosts = path.indexOf('/');
        List<Host> hosts = hosts(afterHosts < 0 ? path : path.substring(0, afterHosts), query);
        String database = afterHosts < 0 ? "" : decode(path.substring(afterHosts + 1));
        if (database.contains("/")) {
            throw new IllegalArgumentException("the database's name has a '/' in it (in a password it is written %2F)");
        }
        // What the query says is more than what stands before it, for psql and for the driver.
        user = taken(query, "user").or(orElse(user));
        password = taken(query, "password").or(orElse(password));
        database = taken(query, "dbname").orElse(database);
        if (database.isEmpty()) {
            // What psql does: the database is called like the user.
            database = user.orElseThrow(() -> new IllegalArgumentException("it names no database"));
        }
        return new PostgresUrl(hosts, database, user, password, query);
    }

    private static String withoutScheme(String text) {
        for (String scheme : List.of("postgresql://", "postgres://")) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException("it doesn't start with postgresql://");
    }

    private static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> taken(Map<String, String> query, String name) {
        return Optional.ofNullable(query.remove(name)).filter(value -> !value.isEmpty());
    }

    private static <T> Supplier<Optional<T>> orElse(Optional<T> other) {
        return () -> other;
    }

    private static Map<String, String> query(String text, boolean jdbc) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("its query has a part without '='");
            }
            String value = pair.substring(equals + 1);
            // The driver reads a '+' there as a space, psql as a plus.
            query.put(decode(pair.substring(0, equals)), decode(jdbc ? value.replace("+", "%20") : value));
        }
        return query;
    }

    /** The hosts as they stand in the address, or where psql also takes them: in the query. */
    private static List<Host> hosts(String text, Map<String, String> query) {
        String names = text;
        Optional<String> fromQuery = taken(query, "host");
        Optional<String> ports = taken(query, "port");
        if (fromQuery.isPresent()) {
            names = fromQuery.get();
        }
        if (names.startsWith("/") || names.toLowerCase(Locale.ROOT).startsWith("%2f")) {
            throw new IllegalArgumentException(
                    "its host is a Unix socket, which the driver can't use: write localhost and the port");
        }
        List<Host> hosts = new ArrayList<>();
        String[] all = names.split(",", -1);
        String[] port = ports.map(found -> found.split(",", -1)).orElse(new String[0]);
        if (port.length > 1 && port.length != all.length) {
            throw new IllegalArgumentException("it has another number of ports than of hosts");
        }
        for (int i = 0; i < all.length; i++) {
            hosts.add(parseHost(port.length == 0 ? all[i] : all[i] + ":" + port[Math.min(i, port.length - 1)]));
        }
        return hosts;
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
        return "jdbc:postgresql://" + hostList() + "/" + encode(database) + joined(PostgresParameters.forDriver(query));
    }

    /** What psql connects to: without the password, which must not be an argument of a process. */
    public String psqlUrl() {
        return "postgresql://"
                + user.map(name -> encode(name) + "@").orElse("")
                + hostList()
                + "/"
                + encode(database)
                + joined(PostgresParameters.forPsql(query));
    }

    private static String joined(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(text.isEmpty() ? '?' : '&')
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return text.toString();
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
        Map<String, String> shown = new LinkedHashMap<>(query);
        shown.replaceAll((name, value) -> name.toLowerCase(Locale.ROOT).contains("password") ? "****" : value);
        url.append(joined(shown).replace("%2A", "*"));
        return url.toString();
    }

    /** Without the password: a record would print it, and what is printed ends in logs. */
    @Override
    public String toString() {
        return masked();
    }
}
