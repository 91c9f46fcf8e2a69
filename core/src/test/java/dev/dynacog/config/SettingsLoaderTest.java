package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.Service.Credentials;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
        assertThat(local.isGuarded()).isFalse();
        assertThat(local.aws().dynamodb().endpoint().orElseThrow().value())
                .isEqualTo(URI.create("http://localhost:8000"));
        assertThat(local.aws().cognito().endpoint().orElseThrow().value())
                .isEqualTo(URI.create("http://localhost:9229"));
        assertThat(local.postgres().orElseThrow().value().masked())
                .isEqualTo("postgresql://postgres:****@localhost:5432/cruddur");
        assertThat(local.aws().dynamodb().credentials()).isEqualTo(Credentials.MADE_UP);
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
        assertThat(dev.aws().dynamodb().credentials()).isEqualTo(Credentials.MADE_UP);
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
                .hasMessageStartingWith(file + ":3 a repository's file can't lift the guard");
    }

    @Test
    void theUsersOwnFileLiftsTheGuardOfItsOwnEnvironment() throws IOException {
        userFile("environments: {dev: {guarded: false}, staging: {}}");
        assertThat(load("dev").environment().isGuarded()).isFalse();
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
                "environments:\n  prod:\n    region: eu-west-1\n|:2 environment 'prod' is dynacog's own",
                "environments:\n  dev:\n    guarded: maybe\n|:3 'guarded' is neither true nor false",
                "environments:\n  dev:\n    region: [a]\n|:3 'region' takes one value",
                "environments:\n  dev:\n    dynamodb: remote\n|:3 'dynamodb' is something else than 'local'",
                "environments:\n\tdev:\n|:2 is not YAML",
                "environment:\n  dev: {}\n|:1 unknown key 'environment'",
                "environments:\n  dev:\n    cognito:\n      endpoint: localhost\n|:4 is not an endpoint",
                "environments:\n  dev:\n    account: 123\n|:3 'account' is not the number of an AWS account",
                "environments:\n  dev:\n    regions: []\n|:3 'regions' is empty",
                "environments:\n  dev:\n    regions:\n      - eu-west-1\n      - {a: b}\n|:5 'regions' takes one value",
                "environments:\n  dev:\n    region: eu-west-1.example.com/\n|:3 'region' is no name of an AWS region",
                "environments: {}\nenvironments: {}\n|:2 'environments' stands here twice",
                "environments:\n  local:\n    region: eu-west-1\n|:2 environment 'local' is dynacog's own",
                "environments:\n  dev:\n    postgres:\n      url: mysql://x\n|:4 is not a Postgres address"
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
}
