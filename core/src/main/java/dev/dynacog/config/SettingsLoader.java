package dev.dynacog.config;

import dev.dynacog.config.Service.Credentials;
import dev.dynacog.error.DynacogException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where to work. For each setting the first of these has the word: flag, environment variable, running local
 * stack, file, default.
 */
public final class SettingsLoader {
    static final String LOCAL = "local";
    static final String PROD = "prod";

    private static final Set<String> BUILT_IN = Set.of(LOCAL, PROD);
    private static final String DEFAULT_DYNAMODB = "http://localhost:8000";
    private static final String DEFAULT_COGNITO = "http://localhost:9229";
    private static final String DEFAULT_POSTGRES = "postgresql://postgres:password@localhost:5432/cruddur";
    private static final String DEFAULT_LOCAL_REGION = "us-east-1";
    private static final String DEFAULT_MESSAGE_TABLE = "cruddur-messages";

    private final Map<String, String> variables;
    private final Path workingFolder;
    private final Folders folders;

    public SettingsLoader(Map<String, String> variables, Path workingFolder, Folders folders) {
        this.variables = variables;
        this.workingFolder = workingFolder;
        this.folders = folders;
    }

    public Settings load(Flags flags) {
        Sourced<String> name = flag(Setting.ENVIRONMENT, flags.environment())
                .or(() -> variable(Setting.ENVIRONMENT))
                .orElseGet(() -> new Sourced<>(LOCAL, new Origin.Default()));
        Map<String, Sourced<String>> file = Map.of();
        Guarding fromFile = new Guarding.Open();
        if (!BUILT_IN.contains(name.value())) {
            Definitions definitions = definitions();
            if (!definitions.environments().containsKey(name.value())) {
                throw unknownEnvironment(name, definitions);
            }
            file = definitions.environments().get(name.value());
            fromFile = definitions.guarding(name.value());
        }
        return new Settings(new Resolution(name, flags, file, fromFile).environment(), folders);
    }

    /** The names that {@code --env} takes. */
    public List<String> environmentNames() {
        List<String> names = new ArrayList<>(List.of(LOCAL, PROD));
        names.addAll(definitions().environments().keySet());
        return names;
    }

    private static DynacogException unknownEnvironment(Sourced<String> name, Definitions definitions) {
        Set<String> known = new LinkedHashSet<>(List.of(LOCAL, PROD));
        known.addAll(definitions.environments().keySet());
        return new DynacogException.Usage(
                "there is no environment '" + name.value() + "' ("
                        + name.origin().describe() + ")",
                "known: " + String.join(", ", known) + "; more can be added in dynacog.yaml");
    }

    private Definitions definitions() {
        Definitions definitions = new Definitions(new LinkedHashMap<>(), new LinkedHashMap<>());
        Path own = folders.userConfigFile();
        repositoryFile()
                .filter(found -> !found.equals(own))
                .ifPresent(path -> definitions.addRepository(ConfigFile.read(path)));
        if (Files.isRegularFile(own)) {
            definitions.addUser(ConfigFile.read(own));
        }
        return definitions;
    }

    private Optional<Path> repositoryFile() {
        for (Path folder = workingFolder.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(ConfigFile.NAME);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The environments of both files, the repository's before the user's; lifting the guard is the user's alone. */
    private record Definitions(
            Map<String, Map<String, Sourced<String>>> environments, Map<String, Sourced<String>> guardByUser) {

        void addRepository(ConfigFile file) {
            file.environments().forEach((name, settings) -> {
                Sourced<String> guarded = settings.get(Setting.GUARDED.key());
                if (guarded != null && guarded.value().equals("false")) {
                    throw new DynacogException.Usage(
                            guarded.origin().describe() + " a repository's file can't lift the guard",
                            "say it in your own " + ConfigFile.NAME + ", in the configuration folder of your home");
                }
                environments.put(name, new LinkedHashMap<>(settings));
            });
        }

        void addUser(ConfigFile file) {
            file.environments().forEach((name, settings) -> {
                Map<String, Sourced<String>> merged = environments.computeIfAbsent(name, any -> new LinkedHashMap<>());
                settings.forEach(merged::putIfAbsent);
                Sourced<String> guarded = settings.get(Setting.GUARDED.key());
                if (guarded != null) {
                    guardByUser.put(name, guarded);
                }
            });
        }

        Guarding guarding(String name) {
            Sourced<String> guarded = guardByUser.get(name);
            if (guarded != null && guarded.value().equals("false")) {
                return new Guarding.Open();
            }
            return new Guarding.Guarded(
                    guarded == null
                            ? "environments from files are"
                            : guarded.origin().describe());
        }
    }

    /** One environment being put together. */
    private final class Resolution {
        private final Sourced<String> name;
        private final Flags flags;
        private final Map<String, Sourced<String>> file;
        private final Guarding fromFile;
        private final boolean local;
        private final Optional<RunningStack> stack;

        Resolution(Sourced<String> name, Flags flags, Map<String, Sourced<String>> file, Guarding fromFile) {
            this.name = name;
            this.flags = flags;
            this.file = file;
            this.fromFile = fromFile;
            this.local = name.value().equals(LOCAL);
            this.stack = isLocal("dynamodb") || isLocal("cognito") || isLocal("postgres")
                    ? RunningStack.find(folders)
                    : Optional.empty();
        }

        /** Whether a service is the one of environment {@code local}. */
        private boolean isLocal(String service) {
            Sourced<String> asLocal = file.get(service);
            return local || (asLocal != null && asLocal.value().equals(ConfigFile.AS_LOCAL));
        }

        Environment environment() {
            Optional<Sourced<URI>> dynamodb = flag(Setting.DYNAMODB, flags.endpointUrl())
                    .or(() -> variable(Setting.DYNAMODB))
                    .or(() -> isLocal("dynamodb") ? variable("AWS_ENDPOINT_URL") : Optional.empty())
                    .or(() -> isLocal("dynamodb") ? stack(RunningStack::dynamodb) : Optional.empty())
                    .or(() -> file(Setting.DYNAMODB))
                    .or(() -> isLocal("dynamodb") ? fallback(DEFAULT_DYNAMODB) : Optional.empty())
                    .map(SettingsLoader::endpoint);
            Optional<Sourced<URI>> streams = flag(Setting.STREAMS, flags.endpointUrl())
                    .or(() -> variable(Setting.STREAMS))
                    .or(() -> isLocal("dynamodb") ? variable("AWS_ENDPOINT_URL") : Optional.empty())
                    .or(() -> file(Setting.STREAMS))
                    .map(SettingsLoader::endpoint)
                    // A local server gives both; AWS gives them at two addresses.
                    .or(() -> isLocal("dynamodb") ? dynamodb : Optional.empty());
            Optional<Sourced<URI>> cognito = variable(Setting.COGNITO)
                    .or(() -> isLocal("cognito") ? stack(RunningStack::cognito) : Optional.empty())
                    .or(() -> file(Setting.COGNITO))
                    .or(() -> isLocal("cognito") ? fallback(DEFAULT_COGNITO) : Optional.empty())
                    .map(SettingsLoader::endpoint);
            Credentials forDynamodb = isLocal("dynamodb") ? Credentials.MADE_UP : Credentials.CHAIN;
            Environment.Aws aws = new Environment.Aws(
                    flag(Setting.REGION, flags.region())
                            .or(() -> variable(Setting.REGION))
                            .or(() -> file(Setting.REGION))
                            .or(() -> local ? fallback(DEFAULT_LOCAL_REGION) : Optional.empty()),
                    flag(Setting.PROFILE, flags.profile())
                            .or(() -> variable(Setting.PROFILE))
                            .or(() -> file(Setting.PROFILE)),
                    new Service(dynamodb, forDynamodb),
                    new Service(streams, forDynamodb),
                    new Service(cognito, isLocal("cognito") ? Credentials.MADE_UP : Credentials.CHAIN),
                    new Service(
                            variable(Setting.STS).map(SettingsLoader::endpoint),
                            local ? Credentials.MADE_UP : Credentials.CHAIN),
                    variable(Setting.USER_POOL)
                            .or(() -> isLocal("cognito") ? stack(RunningStack::userPoolId) : Optional.empty())
                            .or(() -> file(Setting.USER_POOL)),
                    new Proxies(variables));
            Optional<Sourced<PostgresUrl>> postgres = postgres();
            Sourced<String> messageTable = variable(Setting.MESSAGE_TABLE)
                    .or(() -> file(Setting.MESSAGE_TABLE))
                    .orElseGet(() -> new Sourced<>(DEFAULT_MESSAGE_TABLE, new Origin.Default()));
            if (!local) {
                return new Environment(
                        name,
                        name.value().equals(PROD) ? new Guarding.Guarded("prod always is") : fromFile,
                        aws,
                        postgres,
                        messageTable);
            }
            Surroundings surroundings = Surroundings.of(aws, postgres);
            return new Environment(name, surroundings.guarding(), aws, surroundings.postgres(), messageTable);
        }

        private Optional<Sourced<PostgresUrl>> postgres() {
            Optional<Sourced<String>> url;
            if (isLocal("postgres")) {
                url = variable("CONNECTION_URL")
                        .or(() -> stack(RunningStack::postgres))
                        .or(() -> fallback(DEFAULT_POSTGRES));
            } else if (name.value().equals(PROD)) {
                url = variable("PROD_CONNECTION_URL");
            } else {
                url = Optional.ofNullable(file.get(ConfigFile.POSTGRES_URL_FROM))
                        .flatMap(from -> variable(from.value()))
                        .or(() -> file(Setting.POSTGRES));
            }
            PostgresResolver resolver = new PostgresResolver(variables);
            return url.map(
                    found -> found.origin() instanceof Origin.Default || found.origin() instanceof Origin.LocalStack
                            ? resolver.asItIs(found)
                            : resolver.resolve(found));
        }

        private Optional<Sourced<String>> file(Setting setting) {
            return Optional.ofNullable(file.get(setting.key()));
        }

        private Optional<Sourced<String>> stack(Function<RunningStack, Optional<String>> what) {
            return stack.flatMap(running ->
                    what.apply(running).map(value -> new Sourced<>(value, new Origin.LocalStack(running.stateFile()))));
        }
    }

    private static Sourced<URI> endpoint(Sourced<String> text) {
        try {
            return text.map(Endpoints::parse);
        } catch (IllegalArgumentException e) {
            throw new DynacogException.Usage(
                    text.origin().describe() + " is not an endpoint: " + e.getMessage(),
                    "for example " + DEFAULT_DYNAMODB);
        }
    }

    private static Optional<Sourced<String>> fallback(String value) {
        return Optional.of(new Sourced<>(value, new Origin.Default()));
    }

    private static Optional<Sourced<String>> flag(Setting setting, Optional<String> value) {
        return value.map(
                given -> new Sourced<>(given, new Origin.Flag(setting.flag().orElseThrow())));
    }

    private Optional<Sourced<String>> variable(Setting setting) {
        for (String variable : setting.variables()) {
            Optional<Sourced<String>> found = variable(variable);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A variable that is set to nothing is as good as unset: that is how compose files and CI switch one off. */
    private Optional<Sourced<String>> variable(String variable) {
        @Nullable String value = variables.get(variable);
        return value == null || value.isBlank()
                ? Optional.empty()
                : Optional.of(new Sourced<>(value, new Origin.Variable(variable)));
    }
}
