package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A local stack of this run's own, on free ports. */
final class LocalStack implements AutoCloseable {
    /** Where it has its data. */
    enum Data {
        IN_MEMORY,
        /** As {@code local up} keeps it: Postgres waits for the disk at each commit, as it does in production. */
        ON_DISK
    }

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
    static LocalStack start(Grounds grounds, int users, Data data) throws IOException {
        Path folder = Files.createTempDirectory(grounds.folder(), "stack");
        Path accounts = folder.resolve("users.json");
        Files.writeString(accounts, accounts(users));
        Map<String, String> own = Map.of(
                "XDG_STATE_HOME", folder.resolve("state").toString(),
                "XDG_DATA_HOME", folder.resolve("data").toString());
        LocalStack stack = new LocalStack(grounds.installation(), grounds.firstJdk(), own);
        // Also when it comes up only half.
        grounds.end().then(stack::close);
        List<String> up = new ArrayList<>(List.of("local", "up", "--users", accounts.toString()));
        up.addAll(List.of("--port-dynamodb", "0", "--port-postgres", "0", "--port-cognito", "0"));
        if (data == Data.IN_MEMORY) {
            up.add("--in-memory");
        }
        stack.dynacog(up.toArray(String[]::new));
        Map<String, String> variables = new HashMap<>(own);
        stack.dynacog("local", "env", "--format", "shell")
                .lines()
                .filter(line -> line.startsWith("export "))
                .forEach(line -> {
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
