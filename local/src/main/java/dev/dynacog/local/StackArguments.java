package dev.dynacog.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tool asks of a new stack.
 *
 * @param dataFolder empty for a stack in memory
 */
record StackArguments(
        Path stateFolder,
        Path cacheFolder,
        Optional<Path> dataFolder,
        PortRequest dynamoPort,
        PortRequest postgresPort,
        PortRequest cognitoPort,
        Optional<Path> users,
        boolean followStdin) {
    private static final Set<String> WITH_VALUE = Set.of(
            "--state-dir",
            "--cache-dir",
            "--data-dir",
            "--port-dynamodb",
            "--port-postgres",
            "--port-cognito",
            "--users");
    private static final Set<String> WITHOUT_VALUE = Set.of("--in-memory", "--follow-stdin");
    private static final int DYNAMODB = 8000;
    private static final int POSTGRES = 5432;
    private static final int COGNITO = 9229;
    private static final int LAST_PORT = 65535;

    static StackArguments parse(List<String> arguments) {
        Map<String, String> given = collect(arguments);
        boolean inMemory = given.containsKey("--in-memory");
        if (inMemory == given.containsKey("--data-dir")) {
            throw wrong("exactly one of --data-dir and --in-memory is needed");
        }
        return new StackArguments(
                folder(given, "--state-dir"),
                folder(given, "--cache-dir"),
                inMemory ? Optional.empty() : Optional.of(folder(given, "--data-dir")),
                port(given, "--port-dynamodb", DYNAMODB),
                port(given, "--port-postgres", POSTGRES),
                port(given, "--port-cognito", COGNITO),
                given.containsKey("--users") ? Optional.of(folder(given, "--users")) : Optional.empty(),
                given.containsKey("--follow-stdin"));
    }

    private static Map<String, String> collect(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String name = rest.remove();
            if (WITHOUT_VALUE.contains(name)) {
                given.put(name, "");
            } else if (!WITH_VALUE.contains(name)) {
                throw wrong("unknown argument '" + name + "'");
            } else if (rest.isEmpty()) {
                throw wrong(name + " needs a value");
            } else {
                given.put(name, rest.remove());
            }
        }
        return given;
    }

    private static Path folder(Map<String, String> given, String name) {
        @Nullable String value = given.get(name);
        if (value == null || value.isBlank()) {
            throw wrong(name + " is needed");
        }
        return Path.of(value).toAbsolutePath();
    }

    private static PortRequest port(Map<String, String> given, String name, int usual) {
        @Nullable String value = given.get(name);
        if (value == null) {
            return new PortRequest.Usual(usual);
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > LAST_PORT) {
            throw wrong("%s is '%s', not a port between 0 and %d".formatted(name, value, LAST_PORT));
        }
        int port = Integer.parseInt(value);
        return port == 0 ? new PortRequest.AnyFree() : new PortRequest.Exactly(port);
    }

    private static StackException wrong(String message) {
        return StackException.usage(message, "'dynacog local up --help' lists the options");
    }
}
