package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A local stack of this run's own, on free ports. Its data is on disk, as {@code local up} keeps it: in memory Postgres
 * would not wait for the disk, which is most of what a commit for each user costs.
 */
final class LocalStack implements AutoCloseable {
    private final Installation installation;
    private final Jdk jdk;
    private final AtomicBoolean down = new AtomicBoolean();
    private volatile Map<String, String> variables;

    private LocalStack(Installation installation, Jdk jdk, Map<String, String> variables) {
        this.installation = installation;
        this.jdk = jdk;
        this.variables = variables;
    }

    /** With so many users in the pool, an empty message table, and the schema in Postgres. */
    static LocalStack start(Installation installation, Jdk jdk, Path folder, AtTheEnd end, int users)
            throws IOException {
        Path accounts = folder.resolve("users-" + users + ".json");
        Files.writeString(accounts, accounts(users));
        Map<String, String> own = Map.of(
                "XDG_STATE_HOME", folder.resolve("state-" + users).toString(),
                "XDG_DATA_HOME", folder.resolve("data-" + users).toString());
        LocalStack stack = new LocalStack(installation, jdk, own);
        // Also when it comes up only half.
        end.then(stack::close);
        String said = stack.dynacog(
                "local",
                "up",
                "--port-dynamodb",
                "0",
                "--port-postgres",
                "0",
                "--port-cognito",
                "0",
                "--users",
                accounts.toString(),
                "-o",
                "table");
        Map<String, String> variables = new HashMap<>(own);
        said.lines().filter(line -> line.startsWith("export ")).forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(line.substring("export ".length(), equals), line.substring(equals + 1));
        });
        stack.variables = Map.copyOf(variables);
        stack.dynacog("schema-load");
        stack.dynacog("db", "schema-load");
        return stack;
    }

    private static String accounts(int users) {
        return IntStream.range(0, users)
                .mapToObj(StubPages::handle)
                .map(handle -> """
                        {"attributes":{"preferred_username":"%1$s","email":"%1$s@example.com","email_verified":"true"}}""".formatted(handle))
                .collect(Collectors.joining(",", "{\"users\":[", "]}"));
    }

    /** Leads to it, for every tool alike. */
    Map<String, String> variables() {
        return variables;
    }

    String dynamodb() {
        return variable("AWS_ENDPOINT_URL_DYNAMODB");
    }

    String postgres() {
        return variable("CONNECTION_URL");
    }

    String pool() {
        return variable("AWS_COGNITO_USER_POOL_ID");
    }

    private String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new BenchException("local up said nothing of " + name, "");
        }
        return value;
    }

    String dynacog(String... arguments) throws IOException {
        return installation.run(jdk, variables, arguments);
    }

    @Override
    public void close() {
        if (!down.getAndSet(true)) {
            try {
                dynacog("local", "down", "--wipe");
            } catch (IOException | BenchException e) {
                // It never came up, or went by itself: that it is gone is all that is wanted here.
                return;
            }
        }
    }
}
