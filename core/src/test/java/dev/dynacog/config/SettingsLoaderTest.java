package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.Service.Credentials;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    @TempDir
    Path home = Path.of("");

    private final Map<String, String> variables = new HashMap<>();

    private Settings load(String environment) throws IOException {
        return load(new Flags(Optional.of(environment), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Settings load(Flags flags) throws IOException {
        return new SettingsLoader(variables, repository(), Folders.of(variables, home)).load(flags);
    }

    private Path repository() throws IOException {
        return Files.createDirectories(home.resolve("src/app/deep/down"));
    }

    private Path repositoryFile(String text) throws IOException {
        return Files.writeString(repository().resolve("../../dynacog.yaml").normalize(), text);
    }

    private Path userFile(String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/dynacog"));
        return Files.writeString(folder.resolve("dynacog.yaml"), text);
    }

    @Test
    void withoutAnySettingEverythingIsLocal() throws IOException {
        Environment local = load(Flags.none()).environment();
        assertThat(local.name().value()).isEqualTo("local");
        assertThat(local.isLocal()).isTrue();
        assertThat(load("prod").environment().isLocal()).isFalse();
        assertThat(local.isGuarded()).isFalse();
        assertThat(local.aws().dynamodb().endpoint().orElseThrow().value())
                .isEqualTo(URI.create("http://localhost:8000"));
        assertThat(local.aws().cognito().endpoint().orElseThrow().value())
                .isEqualTo(URI.create("http://localhost:9229"));
        assertThat(local.postgres().orElseThrow().value().masked())
                .isEqualTo("postgresql://postgres:****@localhost:5432/cruddur");
        assertThat(local.aws().dynamodb().credentials()).isEqualTo(Credentials.DUMMY);
    }

    @Test
    void flagThenVariableThenRunningStackThenDefault() throws IOException {
        Path state = Files.createDirectories(home.resolve(".local/state/dynacog"));
        Files.writeString(
                state.resolve("stack.properties"),
                "status=ready\npid=" + ProcessHandle.current().pid() + "\nstarted="
                        + ProcessHandle.current().info().startInstant().orElse(Instant.now())
                        + "\ndynamodb.endpoint=http://localhost:1111\n");
        assertThat(dynamodb(Flags.none())).isEqualTo("http://localhost:1111 from the running local stack");
        variables.put("AWS_ENDPOINT_URL", "http://localhost:2222");
        assertThat(dynamodb(Flags.none())).isEqualTo("http://localhost:2222 from AWS_ENDPOINT_URL");
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:3333");
        assertThat(dynamodb(Flags.none())).isEqualTo("http://localhost:3333 from AWS_ENDPOINT_URL_DYNAMODB");
        Flags flag =
                new Flags(Optional.empty(), Optional.of("http://localhost:4444"), Optional.empty(), Optional.empty());
        assertThat(dynamodb(flag)).isEqualTo("http://localhost:4444 from --endpoint-url");
    }

    private String dynamodb(Flags flags) throws IOException {
        Sourced<URI> endpoint =
                load(flags).environment().aws().dynamodb().endpoint().orElseThrow();
        return endpoint.value() + " from " + endpoint.origin().describe();
    }

    @Test
    void theStateOfAStackThatDiedDoesntCount() throws IOException {
        Path state = Files.createDirectories(home.resolve(".local/state/dynacog"));
        Files.writeString(
                state.resolve("stack.properties"),
                "status=ready\npid=" + ProcessHandle.current().pid()
                        + "\nstarted=2001-01-01T00:00:00Z\ndynamodb.endpoint=http://localhost:1111\n");
        assertThat(dynamodb(Flags.none())).isEqualTo("http://localhost:8000 from default");
    }

    /** Defect 15. */
    @Test
    void awsEndpointUrlRedirectsNothingButLocalDynamodb() throws IOException {
        variables.put("AWS_ENDPOINT_URL", "http://localhost:2222");
        assertThat(load("local")
                        .environment()
                        .aws()
                        .cognito()
                        .endpoint()
                        .orElseThrow()
                        .value())
                .isEqualTo(URI.create("http://localhost:9229"));
        Environment prod = load("prod").environment();
        assertThat(prod.aws().dynamodb().endpoint()).isEmpty();
        assertThat(prod.aws().streams().endpoint()).isEmpty();
        assertThat(prod.aws().cognito().endpoint()).isEmpty();
        assertThat(prod.aws().sts().endpoint()).isEmpty();
    }

    /** Defect 13. */
    @ParameterizedTest
    @ValueSource(strings = {"nonprod", "Prod", "PROD", "prod ", "production", "pro", ""})
    void onlyTheExactWordProdMeansProduction(String name) {
        assertThatThrownBy(() -> load(name))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageContaining("there is no environment '" + name + "'");
    }

    /** Defect 14. */
    @Test
    void prodNeverFallsBackToTheLocalDatabase() throws IOException {
        variables.put("CONNECTION_URL", "postgresql://postgres@localhost/cruddur");
        assertThat(load("prod").environment().postgres()).isEmpty();
        variables.put("PROD_CONNECTION_URL", "postgresql://app@db.example.com/cruddur");
        assertThat(load("prod").environment().postgres().orElseThrow().value().hostList())
                .isEqualTo("db.example.com:5432");
    }

    @Test
    void prodIsGuardedWhateverPointsElsewhere() throws IOException {
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:8000");
        assertThat(load("prod").environment().isGuarded()).isTrue();
    }

    @Test
    void localIsGuardedAsSoonAsOneHostIsNotNear() throws IOException {
        variables.put("CONNECTION_URL", "postgresql://app@db.abc.eu-west-1.rds.amazonaws.com/cruddur");
        assertThat(load("local").environment().guarding())
                .isEqualTo(new Guarding.Guarded(
                        "db.abc.eu-west-1.rds.amazonaws.com is not on this machine or its network"));
    }

    @Test
    void aRepositorysFileAddsAnEnvironmentThatIsGuarded() throws IOException {
        repositoryFile("""
                environments:
                  dev:
                    region: eu-west-1
                    dynamodb: local
                    postgres: local
                    cognito:
                      user-pool-id: eu-west-1_AbC123
                """);
        Environment dev = load("dev").environment();
        assertThat(dev.isGuarded()).isTrue();
        assertThat(dev.aws().dynamodb().credentials()).isEqualTo(Credentials.DUMMY);
        assertThat(dev.aws().cognito().credentials()).isEqualTo(Credentials.CHAIN);
        assertThat(dev.aws().cognito().endpoint()).isEmpty();
        assertThat(dev.aws().userPoolId().orElseThrow().value()).isEqualTo("eu-west-1_AbC123");
        assertThat(dev.postgres().orElseThrow().value().database()).isEqualTo("cruddur");
    }

    @Test
    void aRepositorysFileCantLiftTheGuard() throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    guarded: false\n");
        assertThatThrownBy(() -> load("dev"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith(file + ":3 a repository's file cannot remove the guard");
    }

    @Test
    void theUsersOwnFileLiftsTheGuardOfItsOwnEnvironment() throws IOException {
        userFile("environments: {dev: {guarded: false}, staging: {}}");
        assertThat(load("dev").environment().guarding()).isEqualTo(new Guarding.Open());
        assertThat(load("staging").environment().isGuarded()).isTrue();
    }

    @Test
    void aFileReadsADatabasesAddressFromAVariable() throws IOException {
        userFile("environments:\n  staging:\n    postgres:\n      url-from: STAGING_URL\n");
        assertThat(load("staging").environment().postgres()).isEmpty();
        variables.put("STAGING_URL", "postgresql://app:secret@db.example.com/cruddur");
        assertThat(load("staging").shown().toString()).contains("app:****@db").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments:\n  dev:\n    regoin: eu-west-1\n|:3 unknown setting 'regoin'",
                "environments:\n  prod:\n    region: eu-west-1\n|:2 environment 'prod' is built in",
                "environments:\n  dev:\n    guarded: maybe\n|:3 'guarded' must be true or false",
                "environments:\n  dev:\n    region: [a]\n|:3 'region' takes one value",
                "environments:\n  dev:\n    dynamodb: remote\n|:3 'dynamodb' is not 'local'",
                "environments:\n\tdev:\n|:2 is not YAML",
                "environment:\n  dev: {}\n|:1 unknown key 'environment'",
                "environments:\n  dev:\n    cognito:\n      endpoint: localhost\n|:4 is not an endpoint",
                "environments:\n  dev:\n    account: 123\n|:3 'account' is not an AWS account number",
                "environments:\n  dev:\n    regions: []\n|:3 'regions' is empty",
                "environments:\n  dev:\n    regions:\n      - eu-west-1\n      - {a: b}\n|:5 'regions' takes one value",
                "environments:\n  dev:\n    region: eu-west-1.example.com/\n|:3 'region' is not an AWS" + " region",
                "environments: {}\nenvironments: {}\n|:2 'environments' is defined twice",
                "environments:\n  local:\n    region: eu-west-1\n|:2 environment 'local' is built in",
                "environments:\n  dev:\n    postgres:\n      url: mysql://x\n|:4 is not a Postgres connection URL"
            })
    void aMistakeInAFileIsReportedWithItsLine(String fileAndMessage) throws IOException {
        String[] parts = fileAndMessage.split("\\|", -1);
        Path file = repositoryFile(parts[0]);
        assertThatThrownBy(() -> load("dev"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith(file + parts[1]);
    }

    @Test
    void noSecretIsEverShown() throws IOException {
        variables.put("CONNECTION_URL", "postgresql://app:hunter2@localhost/cruddur?sslpassword=hunter3");
        Settings settings = load("local");
        assertThat(settings.shown().toString() + settings).doesNotContain("hunter2", "hunter3");
    }

    private Path stack(String more) throws IOException {
        Path state = Files.createDirectories(home.resolve(".local/state/dynacog"));
        return Files.writeString(
                state.resolve("stack.properties"),
                "status=ready\npid=" + ProcessHandle.current().pid() + "\nstarted="
                        + ProcessHandle.current().info().startInstant().orElse(Instant.now()) + "\n" + more);
    }

    private static final String STACK = """
            dynamodb.endpoint=http://localhost:1111
            cognito.endpoint=http://localhost:1112
            cognito.pool=local_A
            postgres.url=postgresql://u:p@localhost:1113/a
            """;

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "cognito", "postgres"})
    void whatAFileWantsAsLocalIsOfTheRunningStackAndNothingElse(String service) throws IOException {
        stack(STACK);
        variables.put("AWS_ENDPOINT_URL", " ");
        userFile("environments: {dev: {" + service + ": local}}");
        Environment dev = load("dev").environment();
        assertThat(dev.aws().dynamodb().endpoint().isPresent()).isEqualTo(service.equals("dynamodb"));
        assertThat(dev.aws().streams().endpoint().map(Sourced::value))
                .isEqualTo(
                        service.equals("dynamodb")
                                ? Optional.of(URI.create("http://localhost:1111"))
                                : Optional.empty());
        assertThat(dev.aws().cognito().endpoint().isPresent()).isEqualTo(service.equals("cognito"));
        assertThat(dev.aws().userPoolId().map(Sourced::value))
                .isEqualTo(service.equals("cognito") ? Optional.of("local_A") : Optional.empty());
        assertThat(dev.postgres().map(url -> url.value().masked()))
                .isEqualTo(
                        service.equals("postgres")
                                ? Optional.of("postgresql://u:****@localhost:1113/a")
                                : Optional.empty());
        assertThat(dev.aws().sts().credentials()).isEqualTo(Credentials.CHAIN);
        assertThat(dev.aws().region()).isEmpty();
    }

    /** A stack is up for those who use it: a file that can't be trusted is in nobody else's way. */
    @Test
    void whatUsesNoStackDoesntLookForOne() throws IOException {
        Path file = stack(STACK);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> load("local")).isInstanceOf(DynacogException.Access.class);
        assertThat(load("prod").environment().aws().dynamodb().endpoint()).isEmpty();
    }

    @Test
    void whatTheUserPointsSomewhereIsLentTheUsersCredentials() throws IOException {
        userFile("""
                environments:
                  dev:
                    dynamodb: {endpoint: 'http://localhost:9000'}
                    dynamodb-streams: {endpoint: 'http://localhost:9001'}
                    postgres: {url: 'postgresql://a@localhost/a'}
                """);
        variables.put("PGPASSWORD", "hunter2");
        variables.put("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "http://127.0.0.1:9000");
        variables.put("AWS_ENDPOINT_URL_STS", "https://sts.example.com");
        variables.put("AWS_ENDPOINT_URL", "http://localhost:1");
        Environment dev = load("dev").environment();
        assertThat(dev.aws().dynamodb().credentials()).isEqualTo(Credentials.CHAIN);
        assertThat(dev.aws().streams().endpoint().orElseThrow().value()).isEqualTo(URI.create("http://localhost:9001"));
        assertThat(dev.aws().streams().credentials()).isEqualTo(Credentials.CHAIN);
        assertThat(dev.aws().cognito().credentials()).isEqualTo(Credentials.CHAIN);
        assertThat(dev.aws().sts().endpoint().orElseThrow().value()).isEqualTo(URI.create("https://sts.example.com"));
        assertThat(dev.postgres().orElseThrow().value().password()).contains("hunter2");
    }

    @Test
    void theStreamsAreWhereLocalsDynamodbIsUnlessTheyAreNamed() throws IOException {
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:1");
        assertThat(streams()).isEqualTo("http://localhost:1");
        variables.put("AWS_ENDPOINT_URL", "http://localhost:2");
        assertThat(streams()).isEqualTo("http://localhost:2");
        variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", "http://localhost:3");
        assertThat(streams()).isEqualTo("http://localhost:3");
    }

    private String streams() throws IOException {
        return load("local")
                .environment()
                .aws()
                .streams()
                .endpoint()
                .orElseThrow()
                .value()
                .toString();
    }

    @Test
    void localsRegionAndCredentialsAreItsOwn() throws IOException {
        Environment local = load("local").environment();
        assertThat(local.aws().region().orElseThrow()).isEqualTo(new Sourced<>("us-east-1", new Origin.Default()));
        assertThat(local.aws().sts().credentials()).isEqualTo(Credentials.DUMMY);
        assertThat(load("prod").environment().aws().region()).isEmpty();
        variables.put("AWS_DEFAULT_REGION", "eu-west-3");
        assertThat(load("prod").environment().aws().region().orElseThrow())
                .isEqualTo(new Sourced<>("eu-west-3", new Origin.Variable("AWS_DEFAULT_REGION")));
        variables.put("AWS_REGION", "eu-west-1");
        assertThat(load("local").environment().aws().region().orElseThrow())
                .isEqualTo(new Sourced<>("eu-west-1", new Origin.Variable("AWS_REGION")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_ENDPOINT_URL_DYNAMODB",
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"
            })
    void localIsGuardedAsSoonAsOneEndpointIsNotNear(String variable) throws IOException {
        variables.put(variable, "http://8.8.8.8:8000");
        assertThat(load("local").environment().guarding())
                .isEqualTo(new Guarding.Guarded("8.8.8.8 is not on this machine or its network"));
    }

    /** The password of whoever runs it doesn't go to a database that dynacog made itself. */
    @Test
    void theVariablesOfPsqlAddNothingToWhatIsDynacogsOwn() throws IOException {
        variables.put("PGAPPNAME", "mine");
        assertThat(load("local").environment().postgres().orElseThrow().value().masked())
                .isEqualTo("postgresql://postgres:****@localhost:5432/cruddur");
        stack(STACK);
        assertThat(load("local").environment().postgres().orElseThrow().value().masked())
                .isEqualTo("postgresql://u:****@localhost:1113/a");
        variables.put("CONNECTION_URL", "postgresql://u@localhost/b");
        assertThat(load("local").environment().postgres().orElseThrow().value().masked())
                .isEqualTo("postgresql://u@localhost:5432/b?application_name=mine");
    }

    @Test
    void anEnvironmentOfAFileSaysWhyItIsGuarded() throws IOException {
        Path file = userFile("environments:\n  dev: {}\n  staging:\n    guarded: true\n");
        assertThat(load("dev").environment().guarding()).isEqualTo(new Guarding.Guarded("environments from files are"));
        assertThat(load("staging").environment().guarding()).isEqualTo(new Guarding.Guarded(file + ":4"));
        assertThat(load("prod").environment().guarding()).isEqualTo(new Guarding.Guarded("prod always is"));
    }

    @Test
    void halfAPairOfKeysIsNoticed() throws IOException {
        assertThat(load("prod").environment().aws().halfKeyPair()).isEmpty();
        variables.put("AWS_ACCESS_KEY_ID", "a");
        assertThat(load("prod").environment().aws().halfKeyPair())
                .contains(new Environment.HalfKeyPair("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        variables.put("AWS_SECRET_ACCESS_KEY", "b");
        assertThat(load("prod").environment().aws().halfKeyPair()).isEmpty();
        variables.put("AWS_ACCESS_KEY_ID", "");
        assertThat(load("prod").environment().aws().halfKeyPair())
                .contains(new Environment.HalfKeyPair("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"));
    }

    @Test
    void theEnvironmentMayBeSetByAVariable() throws IOException {
        variables.put("DYNACOG_ENV", "prod");
        assertThat(load(Flags.none()).environment().name())
                .isEqualTo(new Sourced<>("prod", new Origin.Variable("DYNACOG_ENV")));
    }

    private static String lines(Settings settings) {
        return settings.shown().stream()
                .map(shown -> shown.key() + " " + shown.value().orElse("-") + " (" + shown.origin() + ")\n")
                .collect(Collectors.joining());
    }

    @Test
    void everySettingIsShownWithItsOrigin() throws IOException {
        assertThat(lines(load("local"))).isEqualTo("""
                env local (--env)
                guarded false ()
                region us-east-1 (default)
                profile - (not used: dummy credentials)
                dynamodb.endpoint http://localhost:8000 (default, dummy credentials)
                dynamodb-streams.endpoint http://localhost:8000 (default, dummy credentials)
                cognito.endpoint http://localhost:9229 (default, dummy credentials)
                cognito.user-pool-id - (not set)
                postgres.url postgresql://postgres:****@localhost:5432/cruddur (default)
                message-table cruddur-messages (default)
                """);
        variables.put("HTTPS_PROXY", "http://me:s3cret@proxy:3128");
        variables.put("AWS_PROFILE", "admin");
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "https://db.example.com/?a=b");
        assertThat(lines(load("prod"))).isEqualTo("""
                env prod (--env)
                guarded true (prod always is)
                region - (set by the AWS profile)
                profile admin (AWS_PROFILE)
                dynamodb.endpoint https://db.example.com/?**** (AWS_ENDPOINT_URL_DYNAMODB, your credentials)
                dynamodb-streams.endpoint - (AWS's own, your credentials)
                cognito.endpoint - (AWS's own, your credentials)
                cognito.user-pool-id - (not set)
                postgres.url - (not set)
                https-proxy http://****@proxy:3128 (HTTPS_PROXY)
                message-table cruddur-messages (default)
                """);
    }

    /** One service that gets the user's credentials is enough for the profile to count. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "cognito"})
    void aProfileIsShownWhereOneServiceNeedsIt(String local) throws IOException {
        userFile("environments: {dev: {" + local + ": local, profile: p}, none: {dynamodb: local, cognito: local}}");
        assertThat(lines(load("dev"))).contains("profile p (");
        assertThat(lines(load("none"))).contains("profile - (not used: dummy credentials)");
    }
}
