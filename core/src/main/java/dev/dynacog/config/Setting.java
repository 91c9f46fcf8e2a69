package dev.dynacog.config;

import java.util.List;
import java.util.Optional;

/** Every setting of an environment: its key in {@code dynacog.yaml}, its flag, and the variables that users have set already. */
public enum Setting {
    ENVIRONMENT("env", "--env", List.of("DYNACOG_ENV")),
    REGION("region", "--region", List.of("AWS_REGION", "AWS_DEFAULT_REGION")),
    PROFILE("profile", "--profile", List.of("AWS_PROFILE")),
    MESSAGE_TABLE("message-table", "", List.of("DDB_MESSAGE_TABLE")),
    DYNAMODB("dynamodb.endpoint", "--endpoint-url", List.of("AWS_ENDPOINT_URL_DYNAMODB")),
    STREAMS("dynamodb-streams.endpoint", "--endpoint-url", List.of("AWS_ENDPOINT_URL_DYNAMODB_STREAMS")),
    COGNITO("cognito.endpoint", "", List.of("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")),
    USER_POOL("cognito.user-pool-id", "", List.of("AWS_COGNITO_USER_POOL_ID", "AWS_USER_POOLS_ID")),
    STS("sts.endpoint", "", List.of("AWS_ENDPOINT_URL_STS")),
    /** Each environment has a variable of its own for its database: none may stand in for another's. */
    POSTGRES("postgres.url", "", List.of()),
    GUARDED("guarded", "", List.of()),
    /** Pins: what the environment must turn out to be. The pool and the region of a file are both. */
    ACCOUNT("account", "", List.of()),
    REGIONS("regions", "", List.of()),
    POSTGRES_HOST("postgres.host", "", List.of());

    private final String key;
    private final String flag;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> variables;

    Setting(String key, String flag, List<String> variables) {
        this.key = key;
        this.flag = flag;
        this.variables = variables;
    }

    public String key() {
        return key;
    }

    public Optional<String> flag() {
        return flag.isEmpty() ? Optional.empty() : Optional.of(flag);
    }

    /** The variables that count for it in every environment, the strongest first. */
    public List<String> variables() {
        return variables;
    }
}
