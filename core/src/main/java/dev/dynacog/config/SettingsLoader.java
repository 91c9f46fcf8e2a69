package dev.dynacog.config;

import dev.dynacog.config.ConfigFile.Definition;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.error.DynacogException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where to work. For each setting the first of these has the word: flag, environment variable, running local
 * stack, file, default.
 */
public final class SettingsLoader {
    static final String LOCAL = "local";
    static final String PROD = "prod";

    /** The environments that dynacog itself defines. */
    static final List<String> BUILT_IN = List.of(LOCAL, PROD);

    private static final Definition NOTHING = new Definition(new Origin.ConfigFile(Path.of(""), 0), Map.of());
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String DEFAULT_DYNAMODB = "http://localhost:8000";
    private static final String DEFAULT_COGNITO = "http://localhost:9229";
    private static final String DEFAULT_POSTGRES = "postgresql://postgres:password@localhost:5432/cruddur";
    private static final String DEFAULT_LOCAL_REGION = "us-east-1";
    private static final String DEFAULT_MESSAGE_TABLE = "cruddur-messages";

    private final Map<String, String> variables;
    private final Path workingFolder;
    private final Folders folders;
    private @Nullable Map<String, Sourced<String>> defaults;

    public SettingsLoader(Map<String, String> variables, Path workingFolder, Folders folders) {
        this.variables = variables;
        this.workingFolder = workingFolder;
        this.folders = folders;
    }

    public Settings load(Flags flags) {
        Sourced<String> name = flag(Setting.ENVIRONMENT, flags.environment())
                .or(() -> variable(Setting.ENVIRONMENT))
                .orElseGet(() -> new Sourced<>(LOCAL, new Origin.Default()));
        ConfigFiles files = ConfigFiles.read(folders, workingFolder);
        Optional<Definition> definition = files.definition(name.value());
        if (definition.isEmpty() && !BUILT_IN.contains(name.value())) {
            files.requireNames();
            throw unknownEnvironment(name, files);
        }
        return new Settings(
                new Resolution(name, flags, definition.orElse(NOTHING)).environment(), folders, files.shown());
    }

    /** Format, zone and colour as a variable has them, or else the user's own file; the environment has no part in it. */
    public Optional<Sourced<String>> preference(String key) {
        return variable("DYNACOG_" + key.toUpperCase(Locale.ROOT))
                .or(() -> Optional.ofNullable(defaults().get(key)));
    }

    private synchronized Map<String, Sourced<String>> defaults() {
        Map<String, Sourced<String>> read = defaults;
        if (read == null) {
            read = ConfigFiles.defaults(folders);
            defaults = read;
        }
        return read;
    }

    /** Every environment by its name, and where it is from. */
    public Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(LOCAL, "this machine");
        names.put(PROD, "production, guarded");
        ConfigFiles files = ConfigFiles.read(folders, workingFolder);
        files.names().forEach(name -> names.put(name, "from " + ConfigFile.NAME));
        return names;
    }

    /** What files of repositories may have. */
    public Trust trust() {
        return new Trust(folders, workingFolder);
    }

    private static DynacogException unknownEnvironment(Sourced<String> name, ConfigFiles files) {
        List<String> known = new ArrayList<>(BUILT_IN);
        known.addAll(files.names());
        return new DynacogException.Usage(
                "there is no environment '" + name.value() + "' ("
                        + name.origin().describe() + ")",
                "known: " + String.join(", ", known) + "; more can be added in dynacog.yaml"
                        + files.notRead().map(why -> "; " + why).orElse(""));
    }

    /** One environment being put together. */
    private final class Resolution {
        private final Sourced<String> name;
        private final Flags flags;
        private final Definition file;
        private final boolean local;
        private final Optional<RunningStack> stack;

        Resolution(Sourced<String> name, Flags flags, Definition file) {
            this.name = name;
            this.flags = flags;
            this.file = file;
            this.local = name.value().equals(LOCAL);
            this.stack = isLocal("dynamodb") || isLocal("cognito") || isLocal("postgres")
                    ? RunningStack.find(folders)
                    : Optional.empty();
        }

        /** Whether a service is the one of environment {@code local}. */
        private boolean isLocal(String service) {
            return local || file.get(service).isPresent();
        }

        /** Any program of this machine may listen where a repository's file points, so it is lent nothing. */
        private Credentials credentials(String service, Optional<Sourced<URI>> endpoint) {
            boolean repositorysOwn = endpoint.filter(found -> isOfRepository(found.origin())
                            && Hosts.isLoopback(found.value().getHost()))
                    .isPresent();
            return isLocal(service) || repositorysOwn ? Credentials.DUMMY : Credentials.CHAIN;
        }

        private boolean isOfRepository(Origin origin) {
            return origin instanceof Origin.ConfigFile place && !place.file().equals(folders.userConfigFile());
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
            Environment.Aws aws = new Environment.Aws(
                    flag(Setting.REGION, flags.region())
                            .or(() -> variable(Setting.REGION))
                            .or(() -> file(Setting.REGION))
                            .or(() -> local ? fallback(DEFAULT_LOCAL_REGION) : Optional.empty())
                            .map(this::region),
                    flag(Setting.PROFILE, flags.profile())
                            .or(() -> variable(Setting.PROFILE))
                            .or(() -> file(Setting.PROFILE)),
                    new Service(dynamodb, credentials("dynamodb", dynamodb)),
                    new Service(streams, credentials("dynamodb", streams)),
                    new Service(cognito, credentials("cognito", cognito)),
                    new Service(
                            variable(Setting.STS).map(SettingsLoader::endpoint),
                            local ? Credentials.DUMMY : Credentials.CHAIN),
                    variable(Setting.USER_POOL)
                            .or(() -> isLocal("cognito") ? stack(RunningStack::userPoolId) : Optional.empty())
                            .or(() -> file(Setting.USER_POOL)),
                    halfKeyPair(),
                    new Proxies(variables));
            Optional<Sourced<PostgresUrl>> postgres = postgres();
            Sourced<String> messageTable = variable(Setting.MESSAGE_TABLE)
                    .or(() -> file(Setting.MESSAGE_TABLE))
                    .orElseGet(() -> new Sourced<>(DEFAULT_MESSAGE_TABLE, new Origin.Default()));
            if (!local) {
                return new Environment(
                        name,
                        name.value().equals(PROD) ? new Guarding.Guarded("prod always is") : guardingOfFile(),
                        aws,
                        postgres,
                        messageTable,
                        Pins.of(file));
            }
            Surroundings surroundings = Surroundings.of(aws, postgres);
            return new Environment(
                    name, surroundings.guarding(), aws, surroundings.postgres(), messageTable, Pins.of(file));
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
                url = file.get(ConfigFile.POSTGRES_URL_FROM)
                        .flatMap(from -> variable(from.value()))
                        .or(() -> file(Setting.POSTGRES));
            }
            PostgresResolver resolver = new PostgresResolver(variables);
            return url.map(found -> isComplete(found) ? resolver.asItIs(found) : resolver.resolve(found));
        }

        /** Whether the user's variables, services and password files have nothing to add to an address. */
        private boolean isComplete(Sourced<String> address) {
            return address.origin() instanceof Origin.Default
                    || address.origin() instanceof Origin.LocalStack
                    || (isOfRepository(address.origin()) && Wants.isDatabaseHere(address.value()));
        }

        private Optional<Sourced<String>> file(Setting setting) {
            return file.get(setting);
        }

        /** What lifts the guard stands in the user's own file alone: {@link ConfigFile} refuses it elsewhere. */
        private Guarding guardingOfFile() {
            Optional<Sourced<String>> guarded = file(Setting.GUARDED);
            if (guarded.isPresent() && guarded.get().value().equals("false")) {
                return new Guarding.Open();
            }
            return new Guarding.Guarded(
                    guarded.map(found -> found.origin().describe()).orElse("environments from files are"));
        }

        /** It becomes a part of a host's name. */
        private Sourced<String> region(Sourced<String> set) {
            if (!Regions.isName(set.value())) {
                throw new DynacogException.Usage(
                        "'" + set.value() + "' is not an AWS region ("
                                + set.origin().describe() + ")",
                        "for example eu-west-1");
            }
            return set;
        }

        private Optional<Environment.HalfKeyPair> halfKeyPair() {
            boolean access = variable(ACCESS_KEY).isPresent();
            boolean secret = variable(SECRET_KEY).isPresent();
            if (access == secret) {
                return Optional.empty();
            }
            return Optional.of(
                    access
                            ? new Environment.HalfKeyPair(ACCESS_KEY, SECRET_KEY)
                            : new Environment.HalfKeyPair(SECRET_KEY, ACCESS_KEY));
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
