package dev.dynacog.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The parameters of an address: those that libpq (psql) or the JDBC driver documents, with libpq's meaning. Each goes by
 * libpq's name once it is read, and to psql and to the driver by the name that they know. What none of them knows is
 * refused, and so is what would make the driver load a class, write a file, or connect elsewhere than to the host.
 */
final class PostgresParameters {
    static final String HOST = "host";
    static final String PORT = "port";
    static final String DATABASE = "dbname";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String PASSWORD_FILE = "passfile";
    static final String SERVICE = "service";
    static final String TLS_MODE = "sslmode";
    static final String AUTHORITY = "sslrootcert";
    static final String OPTIONS = "options";
    static final String VERIFY_FULL = "verify-full";

    private static final String VERIFY_CA = "verify-ca";

    /** In place of a file: the authorities that the machine trusts. */
    private static final String OF_THE_SYSTEM = "system";

    private static final String SESSION_ATTRIBUTES = "target_session_attrs";
    private static final String SERVER_TYPE = "targetServerType";
    private static final String LOAD_BALANCE = "load_balance_hosts";
    private static final String KEEP_ALIVES = "keepalives";
    private static final String SCHEMA = "currentSchema";
    private static final String CHECK_PAGE = "see docs/postgres-addresses.md for the supported parameters";

    /**
     * A parameter of libpq.
     *
     * @param variable the variable that sets it where nothing else does; empty for none
     * @param driver what the driver calls it; empty where the driver has nothing like it
     * @param choices the values that it takes; empty for any
     */
    private record Known(String variable, String driver, List<String> choices) {}

    private static final Map<String, Known> LIBPQ = libpq();

    private static Map<String, Known> libpq() {
        Map<String, Known> known = new LinkedHashMap<>();
        known.put(HOST, any("PGHOST", ""));
        known.put(PORT, any("PGPORT", ""));
        known.put(DATABASE, any("PGDATABASE", ""));
        known.put(USER, any("PGUSER", ""));
        known.put(PASSWORD, any("PGPASSWORD", ""));
        known.put(PASSWORD_FILE, any("PGPASSFILE", ""));
        known.put(SERVICE, any("PGSERVICE", ""));
        known.put(
                TLS_MODE, one("PGSSLMODE", "sslmode", "disable", "allow", "prefer", "require", VERIFY_CA, VERIFY_FULL));
        known.put(AUTHORITY, any("PGSSLROOTCERT", "sslrootcert"));
        known.put("sslcert", any("PGSSLCERT", "sslcert"));
        known.put("sslkey", any("PGSSLKEY", "sslkey"));
        known.put("sslpassword", any("", "sslpassword"));
        known.put("sslnegotiation", one("PGSSLNEGOTIATION", "sslNegotiation", "postgres", "direct"));
        known.put("sslcompression", one("PGSSLCOMPRESSION", "", "0", "1"));
        known.put("sslsni", one("PGSSLSNI", "", "0", "1"));
        // Java speaks nothing older than TLS 1.2 anyway; to insist on 1.3 is more than the driver can.
        known.put("ssl_min_protocol_version", one("PGSSLMINPROTOCOLVERSION", "", "TLSv1", "TLSv1.1", "TLSv1.2"));
        known.put("ssl_max_protocol_version", one("PGSSLMAXPROTOCOLVERSION", "", "TLSv1.2", "TLSv1.3"));
        known.put("channel_binding", one("PGCHANNELBINDING", "channelBinding", "disable", "prefer", "require"));
        known.put("require_auth", any("PGREQUIREAUTH", "requireAuth"));
        known.put("requirepeer", any("PGREQUIREPEER", ""));
        known.put("gssencmode", one("PGGSSENCMODE", "gssEncMode", "disable", "allow", "prefer", "require"));
        known.put("krbsrvname", any("PGKRBSRVNAME", "kerberosServerName"));
        known.put("gsslib", one("PGGSSLIB", "gsslib", "gssapi", "sspi", "auto"));
        known.put("gssdelegation", one("PGGSSDELEGATION", "", "0", "1"));
        known.put(
                SESSION_ATTRIBUTES,
                one(
                        "PGTARGETSESSIONATTRS",
                        SERVER_TYPE,
                        "any",
                        "read-write",
                        "read-only",
                        "primary",
                        "standby",
                        "prefer-standby"));
        known.put(LOAD_BALANCE, one("PGLOADBALANCEHOSTS", "loadBalanceHosts", "disable", "random"));
        known.put("connect_timeout", any("PGCONNECT_TIMEOUT", "connectTimeout"));
        known.put(KEEP_ALIVES, one("", "tcpKeepAlive", "0", "1"));
        known.put("keepalives_idle", any("", ""));
        known.put("keepalives_interval", any("", ""));
        known.put("keepalives_count", any("", ""));
        known.put("tcp_user_timeout", any("", ""));
        known.put("client_encoding", any("PGCLIENTENCODING", ""));
        known.put(OPTIONS, any("PGOPTIONS", "options"));
        known.put("application_name", any("PGAPPNAME", "ApplicationName"));
        known.put("fallback_application_name", any("", ""));
        known.put("min_protocol_version", any("PGMINPROTOCOLVERSION", ""));
        known.put("max_protocol_version", any("PGMAXPROTOCOLVERSION", ""));
        return known;
    }

    /** What the driver alone has, about the connection. */
    private static final Set<String> DRIVER_ONLY = Set.of(
            SCHEMA,
            "cancelSignalTimeout",
            "groupStartupParameters",
            "gssResponseTimeout",
            "gssUseDefaultCreds",
            "hostRecheckSeconds",
            "localSocketAddress",
            "loginTimeout",
            "maxSendBufferSize",
            "pemKeyAlgorithm",
            "receiveBufferSize",
            "sendBufferSize",
            "socketTimeout",
            "sslResponseTimeout",
            "tcpNoDelay",
            "useSpnego");

    /** What the driver has for an app's own statements: addresses of apps have it, and here it means nothing. */
    private static final Set<String> OF_APPS = Set.of(
            "adaptiveFetch",
            "adaptiveFetchMaximum",
            "adaptiveFetchMinimum",
            "allowEncodingChanges",
            "assumeMinServerVersion",
            "autosave",
            "binaryTransfer",
            "binaryTransferDisable",
            "binaryTransferEnable",
            "cleanupSavepoints",
            "convertBooleanToNumeric",
            "databaseMetadataCacheFields",
            "databaseMetadataCacheFieldsMiB",
            "defaultRowFetchSize",
            "disableColumnSanitiser",
            "escapeSyntaxCallMode",
            "flushCacheOnDdl",
            "hideUnprivilegedObjects",
            "logServerErrorDetail",
            "logUnclosedConnections",
            "maxResultBuffer",
            "preferQueryMode",
            "prepareThreshold",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "protocolVersion",
            "queryTimeout",
            "quoteReturningIdentifiers",
            "reWriteBatchedInserts",
            "reWriteBatchedInsertsSize",
            "readOnlyMode",
            "scramMaxIterations",
            "stringtype",
            "unknownLength");

    private static final String ELSEWHERE = "which would connect to a host other than the one shown";
    private static final String NAMES_CODE = "which names a class or a file of the driver";
    private static final String HOST_STANDS_FIRST =
            "write the host and the port before the '/': postgresql://host:5432/db";
    private static final String LEAVE_OUT = "leave it out";

    private record Refusal(String why, String hint) {}

    private static final Map<String, Refusal> REFUSED = refused();

    private static Map<String, Refusal> refused() {
        Map<String, Refusal> refused = new LinkedHashMap<>();
        for (String name : List.of("PGHOST", "PGPORT", "PGDBNAME", "hostaddr")) {
            refused.put(name, new Refusal(ELSEWHERE, HOST_STANDS_FIRST));
        }
        for (String name : List.of(
                "authenticationPluginClassName",
                "classLoaderStrategy",
                "connectExecutor",
                "connectExecutorArg",
                "jaasApplicationName",
                "jaasLogin",
                "loggerFile",
                "loggerLevel",
                "socketFactory",
                "socketFactoryArg",
                "sslfactory",
                "sslfactoryarg",
                "sslhostnameverifier",
                "sslpasswordcallback",
                "sspiServiceClass",
                "xmlFactoryFactory",
                "sslkeylogfile")) {
            refused.put(name, new Refusal(NAMES_CODE, LEAVE_OUT));
        }
        for (String name : List.of("sslcrl", "sslcrldir", "sslcertmode")) {
            refused.put(name, new Refusal("which the driver does not support", LEAVE_OUT));
        }
        refused.put("servicefile", new Refusal("which is not supported in a connection URL", "set PGSERVICEFILE"));
        refused.put("replication", new Refusal("which makes a connection for replicas", LEAVE_OUT));
        refused.put(
                "readOnly",
                new Refusal(
                        "which the server doesn't enforce",
                        "connect as a read-only role, or add options=-c%20default_transaction_read_only%3Don"));
        return refused;
    }

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Map<String, String> SESSION_ATTRIBUTES_OF = Map.of(
            "any", "any",
            "primary", "primary",
            "master", "primary",
            "secondary", "standby",
            "slave", "standby",
            "preferSecondary", "prefer-standby",
            "preferSlave", "prefer-standby");

    private PostgresParameters() {}

    private static Known any(String variable, String driver) {
        return new Known(variable, driver, List.of());
    }

    private static Known one(String variable, String driver, String... choices) {
        return new Known(variable, driver, List.of(choices));
    }

    /** The variables that libpq reads, each with the parameter that it sets. */
    static void variables(BiConsumer<String, String> each) {
        LIBPQ.forEach((name, known) -> {
            if (!known.variable().isEmpty()) {
                each.accept(known.variable(), name);
            }
        });
    }

    /**
     * Reads one parameter as it stands in an address, and puts it by libpq's name. What is empty is as good as absent.
     *
     * @param jdbc whether the address is the driver's, where {@code ssl} means more
     * @throws BadParameter when it is not taken
     */
    static void read(String name, String value, boolean jdbc, Map<String, String> into) {
        if (name.equals("ssl")) {
            readSsl(value, jdbc, into);
            return;
        }
        String known = libpqName(name);
        String meant = known.equals(name) ? value : libpqValue(known, value);
        if (LIBPQ.containsKey(known)) {
            check(known, meant);
        } else if (!DRIVER_ONLY.contains(name) && !OF_APPS.contains(name)) {
            throw refusal(name);
        }
        if (!meant.isEmpty() && !OF_APPS.contains(name)) {
            into.put(known, meant);
        }
    }

    /** Reads one parameter that stands in a service file or a variable, where only libpq's own are. */
    static void readLibpq(String name, String value, Map<String, String> into) {
        if (!LIBPQ.containsKey(name)) {
            throw refusal(name);
        }
        check(name, value);
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }

    private static void readSsl(String value, boolean jdbc, Map<String, String> into) {
        boolean on = value.equals("true") || (jdbc && value.isEmpty());
        if (!on && !(jdbc && value.equals("false"))) {
            throw new BadParameter("sets ssl to '" + value + "'", "write sslmode=require or sslmode=verify-full");
        }
        if (on) {
            into.putIfAbsent(TLS_MODE, jdbc ? VERIFY_FULL : "require");
        }
    }

    private static void check(String name, String value) {
        List<String> choices = LIBPQ.getOrDefault(name, any("", "")).choices();
        if (!value.isEmpty() && !choices.isEmpty() && !choices.contains(value)) {
            throw new BadParameter(
                    "sets " + name + " to '" + value + "'",
                    Nearest.to(value, choices)
                                    .map(near -> "did you mean " + near + "? ")
                                    .orElse("")
                            + "it is " + String.join(", ", choices.subList(0, choices.size() - 1)) + " or "
                            + choices.get(choices.size() - 1));
        }
        if (name.equals("connect_timeout") && !value.isEmpty() && !value.matches("-?\\d{1,9}")) {
            throw new BadParameter("sets " + name + " to '" + value + "'", "it is a number of seconds");
        }
    }

    private static BadParameter refusal(String name) {
        Refusal refusal = REFUSED.get(name);
        if (refusal != null) {
            return new BadParameter("has the parameter '" + name + "', " + refusal.why(), refusal.hint());
        }
        List<String> all = new ArrayList<>(LIBPQ.keySet());
        all.addAll(DRIVER_ONLY);
        LIBPQ.values().stream()
                .map(Known::driver)
                .filter(driver -> !driver.isEmpty())
                .forEach(all::add);
        return new BadParameter(
                "has an unknown parameter '" + name + "'",
                Nearest.to(name, all).map(near -> "did you mean " + near + "?").orElse(CHECK_PAGE));
    }

    /** Whether there is a parameter of that name, taken or not. */
    static boolean isKnown(String name) {
        return LIBPQ.containsKey(libpqName(name))
                || DRIVER_ONLY.contains(name)
                || OF_APPS.contains(name)
                || REFUSED.containsKey(name)
                || name.equals("ssl");
    }

    private static String libpqName(String name) {
        if (LIBPQ.containsKey(name)) {
            return name;
        }
        for (Map.Entry<String, Known> entry : LIBPQ.entrySet()) {
            if (entry.getValue().driver().equals(name)) {
                return entry.getKey();
            }
        }
        return name;
    }

    /** What the driver's value means to libpq, where the two differ. */
    private static String libpqValue(String name, String value) {
        return switch (name) {
            case SESSION_ATTRIBUTES -> SESSION_ATTRIBUTES_OF.getOrDefault(value, value);
            case LOAD_BALANCE -> value.equals("true") ? "random" : value.equals("false") ? "disable" : value;
            case KEEP_ALIVES -> value.equals("true") ? "1" : value.equals("false") ? "0" : value;
            default -> value;
        };
    }

    /** Makes of what was asked for what libpq makes of it, where one parameter changes the meaning of another. */
    static void settle(Map<String, String> parameters, boolean hasAuthorityOfUser) {
        String mode = parameters.get(TLS_MODE);
        if (OF_THE_SYSTEM.equals(parameters.get(AUTHORITY))) {
            if (mode != null && !mode.equals(VERIFY_FULL)) {
                throw new BadParameter(
                        "sets sslmode to '" + mode + "' beside sslrootcert=system", "it takes sslmode=verify-full");
            }
            parameters.put(TLS_MODE, VERIFY_FULL);
        } else if ("require".equals(mode) && (parameters.containsKey(AUTHORITY) || hasAuthorityOfUser)) {
            parameters.put(TLS_MODE, VERIFY_CA);
        }
    }

    /** As the driver calls them, without those that it has nothing like. */
    static Map<String, String> forDriver(Map<String, String> query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            Known known = LIBPQ.get(name);
            if (known == null) {
                parameters.put(name, value);
            } else if (name.equals(AUTHORITY) && value.equals(OF_THE_SYSTEM)) {
                parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            } else if (!known.driver().isEmpty()) {
                parameters.put(known.driver(), driverValue(name, value));
            }
        });
        return parameters;
    }

    private static String driverValue(String name, String value) {
        return switch (name) {
            case SESSION_ATTRIBUTES -> SERVER_TYPES.getOrDefault(value, value);
            case LOAD_BALANCE -> String.valueOf(value.equals("random"));
            case KEEP_ALIVES -> String.valueOf(value.equals("1"));
            default -> value;
        };
    }

    /** As psql calls them, without those that it has nothing like, and without what goes to it by its environment. */
    static Map<String, String> forPsql(Map<String, String> query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            // An argument is seen by everybody on the machine; psql asks for it.
            if (LIBPQ.containsKey(name) && !name.equals(OPTIONS) && !name.equals("sslpassword")) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    /** The options of the session, for the variable that psql takes them from. */
    static Optional<String> sessionOptions(Map<String, String> query) {
        List<String> options = new ArrayList<>();
        Optional.ofNullable(query.get(OPTIONS)).ifPresent(options::add);
        Optional.ofNullable(query.get(SCHEMA))
                .map(schema -> "-c search_path=" + schema.replace("\\", "\\\\").replace(" ", "\\ "))
                .ifPresent(options::add);
        return options.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", options));
    }
}
