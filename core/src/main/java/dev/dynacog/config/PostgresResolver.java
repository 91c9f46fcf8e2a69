package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an address whole as libpq does: what it doesn't say comes from the service that it names, then from the PG
 * variables, then from defaults.
 */
final class PostgresResolver {
    private static final String EXAMPLE = "for example postgresql://user:password@host:5432/database";

    private final Map<String, String> variables;
    private final Path home;

    PostgresResolver(Map<String, String> variables) {
        this.variables = variables;
        String set = variables.getOrDefault("HOME", "");
        // Files of the working folder are not the user's.
        this.home = Path.of(Path.of(set).isAbsolute() ? set : System.getProperty("user.home"));
    }

    /** The address and nothing else: for those that dynacog makes itself, which lack nothing. */
    Sourced<PostgresUrl> asItIs(Sourced<String> text) {
        return text.map(address -> understand(text.origin(), () -> PostgresUrl.parse(address)));
    }

    /** The address, with what its service and the variables add. */
    Sourced<PostgresUrl> resolve(Sourced<String> text) {
        Map<String, String> parameters = understand(text.origin(), () -> PostgresUrl.parameters(text.value()));
        List<String> helpers = new ArrayList<>();
        Optional<String> service = Optional.ofNullable(parameters.remove(PostgresParameters.SERVICE))
                .or(() -> variable("PGSERVICE"));
        service.ifPresent(name -> {
            Map<String, String> found = new ServiceFiles(variables, home).find(name);
            if (add(found, parameters)) {
                helpers.add("service " + name);
            }
        });
        PostgresParameters.variables((variable, name) -> variable(variable).ifPresent(value -> {
            if (name.equals(PostgresParameters.SERVICE)) {
                return;
            }
            Map<String, String> found = understand(new Origin.Variable(variable), () -> {
                Map<String, String> read = new LinkedHashMap<>();
                PostgresParameters.readLibpq(name, value, read);
                return read;
            });
            if (add(found, parameters)) {
                helpers.add(variable);
            }
        }));
        parameters.putIfAbsent(
                PostgresParameters.PASSWORD_FILE, home.resolve(".pgpass").toString());
        Origin origin = helpers.isEmpty() ? text.origin() : new Origin.Completed(text.origin(), helpers);
        PostgresUrl url = understand(origin, () -> {
            PostgresParameters.settle(parameters, Files.exists(home.resolve(".postgresql/root.crt")));
            return PostgresUrl.of(parameters);
        });
        return new Sourced<>(url, origin);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private static boolean add(Map<String, String> found, Map<String, String> parameters) {
        boolean any = false;
        for (Map.Entry<String, String> entry : found.entrySet()) {
            any |= parameters.putIfAbsent(entry.getKey(), entry.getValue()) == null;
        }
        return any;
    }

    /** Something that is read from an address. */
    private interface Reading<T> {
        T read();
    }

    private static <T> T understand(Origin origin, Reading<T> reading) {
        try {
            return reading.read();
        } catch (BadParameter e) {
            throw new DynacogException.Usage(origin.describe() + " " + e.getMessage(), e.hint());
        } catch (IllegalArgumentException e) {
            throw new DynacogException.Usage(
                    origin.describe() + " is not a Postgres connection URL: " + e.getMessage(), EXAMPLE);
        }
    }
}
