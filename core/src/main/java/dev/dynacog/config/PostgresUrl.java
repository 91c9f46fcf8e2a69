package dev.dynacog.config;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A database's address, resolved: the one list of hosts that is judged, shown and connected to, and the parameters by
 * libpq's names. People have it as {@code postgresql://}, {@code postgres://} or {@code jdbc:postgresql://}. It is taken
 * apart once, by position, so that a user called like the database stays a user.
 *
 * @param passwordFile where the password is looked up when the address has none
 */
public record PostgresUrl(
        List<Host> hosts,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> query,
        Optional<Path> passwordFile) {

    /**
     * One server of the address.
     *
     * @param addresses those that its name was judged by, which alone are connected to; empty when any will do
     */
    public record Host(String name, int port, List<InetAddress> addresses) {
        public Host {
            addresses = List.copyOf(addresses);
        }

        public Host(String name, int port) {
            this(name, port, List.of());
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    private static final int DEFAULT_PORT = 5432;
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]");

    public PostgresUrl {
        hosts = List.copyOf(hosts);
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /**
     * The address by itself, as if no file and no variable had anything to add.
     *
     * @throws IllegalArgumentException with a message that never contains the password
     */
    static PostgresUrl parse(String text) {
        Map<String, String> parameters = parameters(text);
        PostgresParameters.settle(parameters, false);
        return of(parameters);
    }

    /**
     * Everything that an address says, as parameters.
     *
     * @throws IllegalArgumentException with a message that never contains the password
     */
    static Map<String, String> parameters(String text) {
        boolean jdbc = text.startsWith("jdbc:");
        String rest = withoutScheme(jdbc ? text.substring("jdbc:".length()) : text);
        Map<String, String> parameters = new LinkedHashMap<>();
        // The authority ends at the first '/', and what is before an '@' in it may contain anything else.
        int slash = rest.indexOf('/');
        int at = (slash < 0 ? rest : rest.substring(0, slash)).lastIndexOf('@');
        String userInfo = rest.substring(0, Math.max(at, 0));
        int colon = userInfo.indexOf(':');
        put(parameters, PostgresParameters.USER, decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        put(parameters, PostgresParameters.PASSWORD, colon < 0 ? "" : decode(userInfo.substring(colon + 1)));
        String place = rest.substring(at + 1);
        if (place.contains("#")) {
            throw new IllegalArgumentException("'#' must be written %23");
        }
        int question = place.indexOf('?');
        String path = question < 0 ? place : place.substring(0, question);
        int afterHosts = path.indexOf('/');
        readHosts(afterHosts < 0 ? path : path.substring(0, afterHosts), parameters);
        String database = afterHosts < 0 ? "" : decode(path.substring(afterHosts + 1));
        if (database.contains("/")) {
            throw new IllegalArgumentException("the database name contains a '/' (write it as %2F in a password)");
        }
        put(parameters, PostgresParameters.DATABASE, database);
        if (question >= 0) {
            Map<String, String> query = query(place.substring(question + 1), jdbc);
            for (String once : List.of(PostgresParameters.HOST, PostgresParameters.PORT)) {
                if (query.containsKey(once) && parameters.containsKey(once)) {
                    throw new IllegalArgumentException("it names its " + once + " twice");
                }
            }
            // What the query says is more than what stands before it, for psql and for the driver.
            parameters.putAll(query);
        }
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    /** Ports stand beside their hosts here, and in a list of their own among the parameters. */
    private static void readHosts(String text, Map<String, String> parameters) {
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String host : text.split(",", -1)) {
            int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
            names.add(colon < 0 ? host : host.substring(0, colon));
            ports.add(colon < 0 ? "" : host.substring(colon + 1));
        }
        if (names.stream().anyMatch(name -> !name.isEmpty()) || names.size() > 1) {
            parameters.put(PostgresParameters.HOST, String.join(",", names));
        }
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            parameters.put(PostgresParameters.PORT, String.join(",", ports));
        }
    }

    /**
     * The address that these parameters make.
     *
     * @throws IllegalArgumentException with a message that never contains the password
     */
    static PostgresUrl of(Map<String, String> parameters) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        List<Host> hosts = hosts(
                taken(query, PostgresParameters.HOST).orElse(""),
                taken(query, PostgresParameters.PORT).orElse(""));
        Optional<String> user = taken(query, PostgresParameters.USER);
        Optional<String> password = taken(query, PostgresParameters.PASSWORD);
        Optional<Path> passwordFile =
                taken(query, PostgresParameters.PASSWORD_FILE).map(Path::of);
        // What psql does: the database is called like the user.
        String database = taken(query, PostgresParameters.DATABASE)
                .or(() -> user)
                .orElseThrow(() -> new IllegalArgumentException("it has no database name"));
        return new PostgresUrl(hosts, database, user, password, query, passwordFile);
    }

    private static String withoutScheme(String text) {
        for (String scheme : List.of("postgresql://", "postgres://")) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException("it doesn't start with postgresql://");
    }

    private static Optional<String> taken(Map<String, String> query, String name) {
        return Optional.ofNullable(query.remove(name));
    }

    private static Map<String, String> query(String text, boolean jdbc) {
        Map<String, String> query = new LinkedHashMap<>();
        boolean afterPassword = false;
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("its query has a part without '='");
            }
            String name = decode(pair.substring(0, equals));
            if (afterPassword && !PostgresParameters.isKnown(name)) {
                // It may be the tail of the password, so it is not repeated.
                throw new IllegalArgumentException(
                        "the text after the password is not a parameter (write '&' in a password as %26)");
            }
            afterPassword = name.endsWith("password");
            String value = pair.substring(equals + 1);
            // The driver reads a '+' there as a space, psql as a plus.
            PostgresParameters.read(name, decode(jdbc ? value.replace("+", "%20") : value), jdbc, query);
        }
        return query;
    }

    private static List<Host> hosts(String names, String ports) {
        if (names.startsWith("/")
                || names.startsWith("@")
                || names.toLowerCase(Locale.ROOT).startsWith("%2f")) {
            throw new IllegalArgumentException(
                    "its host is a Unix socket, which is not supported: use localhost and the port");
        }
        String[] name = names.split(",", -1);
        String[] port = ports.split(",", -1);
        if (port.length > 1 && port.length != name.length) {
            throw new IllegalArgumentException("the number of ports does not match the number of hosts");
        }
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < name.length; i++) {
            hosts.add(new Host(host(name[i]), port(port[Math.min(i, port.length - 1)])));
        }
        return hosts;
    }

    private static String host(String text) {
        String name = text.isEmpty() ? "localhost" : text;
        // In a list of its own an IPv6 address has no brackets.
        String host = name.startsWith("[") || name.indexOf(':') < 0 ? name : "[" + name + "]";
        if (!NAMES.matcher(host).matches()) {
            // The text may be the tail of an unencoded password, so it is not repeated.
            throw new IllegalArgumentException("its host contains an invalid character");
        }
        return host;
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("its port is not between 1 and 65535");
            }
            return port;
        } catch (NumberFormatException e) {
            // The text may be the tail of an unencoded password, so it is not repeated.
            throw new IllegalArgumentException(
                    "its port is not a number (write '@', ':' and '/' in a password as %40, %3A and %2F)", e);
        }
    }

    private static String decode(String text) {
        try {
            // URLDecoder reads '+' as a space, which is right for forms and wrong here.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it contains a '%' without two hexadecimal digits", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same address for another database of the same server. */
    public PostgresUrl withDatabase(String other) {
        return new PostgresUrl(hosts, other, user, password, query, passwordFile);
    }

    /** The same address with another value for one of its parameters. */
    public PostgresUrl with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(query);
        changed.put(parameter, value);
        return new PostgresUrl(hosts, database, user, password, changed, passwordFile);
    }

    /** The same address with a password. */
    public PostgresUrl withPassword(String secret) {
        return new PostgresUrl(hosts, database, user, Optional.of(secret), query, passwordFile);
    }

    /** The same address with other hosts. */
    PostgresUrl withHosts(List<Host> others) {
        return new PostgresUrl(others, database, user, password, query, passwordFile);
    }

    /** What JDBC connects to; user and password travel apart from it, so that no exception repeats them. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + hostList() + "/" + encode(database) + joined(PostgresParameters.forDriver(query));
    }

    /** What psql connects to: without the password, which must not be an argument of a process. */
    public String psqlUrl() {
        Map<String, String> parameters = PostgresParameters.forPsql(query);
        String names = hostList();
        if (hosts.stream().anyMatch(host -> !host.addresses().isEmpty())) {
            // The name for the certificate and the password file, the address that it was judged by to connect to.
            names = perAddress(Host::toString);
            parameters.put(
                    "hostaddr",
                    perAddress(host -> host.addresses().isEmpty()
                            ? ""
                            : host.addresses().get(0).getHostAddress()));
        }
        return "postgresql://"
                + user.map(name -> encode(name) + "@").orElse("")
                + names
                + "/"
                + encode(database)
                + joined(parameters);
    }

    private String perAddress(Function<Host, String> what) {
        List<String> all = new ArrayList<>();
        for (Host host : hosts) {
            if (host.addresses().isEmpty()) {
                all.add(what.apply(host));
            }
            for (InetAddress address : host.addresses()) {
                all.add(what.apply(new Host(host.name(), host.port(), List.of(address))));
            }
        }
        return String.join(",", all);
    }

    /** The options of the session, which psql gets by its environment. */
    public Optional<String> sessionOptions() {
        return PostgresParameters.sessionOptions(query);
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
