package dev.dynacog.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of an address, which psql and the JDBC driver partly call differently. Addresses are written for
 * either, and both are used.
 */
final class PostgresParameters {
    private record Pair(String psql, String driver) {}

    private static final List<Pair> RENAMED = List.of(
            new Pair("application_name", "ApplicationName"),
            new Pair("connect_timeout", "connectTimeout"),
            new Pair("channel_binding", "channelBinding"),
            new Pair("gssencmode", "gssEncMode"),
            new Pair("sslnegotiation", "sslNegotiation"),
            new Pair("require_auth", "requireAuth"));

    /** Those that both call the same. */
    private static final Set<String> SHARED =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "options", "service");

    /** What psql alone has; it refuses an address with a parameter that it doesn't know. */
    private static final Set<String> PSQL_ONLY = Set.of(
            "target_session_attrs",
            "load_balance_hosts",
            "hostaddr",
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "krbsrvname",
            "gsslib",
            "sslcrl",
            "sslcrldir",
            "sslsni",
            "ssl_min_protocol_version",
            "ssl_max_protocol_version",
            "requirepeer",
            "passfile");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private PostgresParameters() {}

    /** As the driver calls them; it passes over what it doesn't know. */
    static Map<String, String> forDriver(Map<String, String> query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            if (name.equals("target_session_attrs")) {
                parameters.put("targetServerType", SERVER_TYPES.getOrDefault(value, value));
            } else {
                parameters.put(driverName(name), value);
            }
        });
        return parameters;
    }

    /** As psql calls them, without those that it doesn't know. */
    static Map<String, String> forPsql(Map<String, String> query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            String known = psqlName(name);
            if (known.equals("sslpassword")) {
                // An argument is seen by everybody on the machine; psql asks for it.
                return;
            }
            if (name.equals("ssl") && value.equals("true")) {
                parameters.putIfAbsent("sslmode", "verify-full");
            } else if (SHARED.contains(known) || PSQL_ONLY.contains(known) || isRenamed(known)) {
                parameters.put(known, value);
            }
        });
        return parameters;
    }

    private static String driverName(String name) {
        return RENAMED.stream()
                .filter(pair -> pair.psql().equals(name))
                .map(Pair::driver)
                .findAny()
                .orElse(name);
    }

    private static String psqlName(String name) {
        return RENAMED.stream()
                .filter(pair -> pair.driver().equals(name))
                .map(Pair::psql)
                .findAny()
                .orElse(name);
    }

    private static boolean isRenamed(String name) {
        return RENAMED.stream().anyMatch(pair -> pair.psql().equals(name));
    }
}
