package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables through the launcher, beside the AWS CLI where there is one. */
class TablesIT {
    private static final DynamoServer SERVER = LocalServers.freshDynamo();
    private static Path launcher = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        launcher = Distribution.shared().launcher();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private Run dynacog(String... arguments) {
        return Run.of(folder, launcher.toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .with("AWS_ENDPOINT_URL_DYNAMODB", SERVER.endpoint().toString())
                .args(arguments);
    }

    private Run prod(String... arguments) {
        return dynacog(arguments)
                .with("AWS_ACCESS_KEY_ID", "testing")
                .with("AWS_SECRET_ACCESS_KEY", "testing")
                .with("AWS_ENDPOINT_URL_STS", SERVER.endpoint().toString())
                .with("AWS_REGION", "eu-west-1");
    }

    private static Run.Result ok(Run.Result result) {
        assertThat(result.exit()).describedAs(result.err() + result.out()).isZero();
        return result;
    }

    private boolean isThere(String table) {
        return ok(dynacog("list-tables", "--names").run()).out().contains("\"" + table + "\"");
    }

    @Test
    void theAwsCliAndWeMakeTheSameTableAndReadEachOthersData() throws IOException {
        boolean hasAws = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "aws")));
        assumeThat(hasAws).describedAs("the AWS CLI is on the PATH").isTrue();
        ok(dynacog("schema-load", "--table", "ours").run());
        Path schema = folder.resolve("ours.json");
        Files.writeString(
                schema, ok(dynacog("describe", "ours", "-o", "json").run()).out());
        Path theirs = folder.resolve("theirs.json");
        Files.writeString(theirs, Files.readString(schema).replace("\"ours\"", "\"theirs\""));
        aws("create-table", "--cli-input-json", "file://" + theirs);

        assertThat(ok(dynacog("schema-load", theirs.toString()).run()).out()).contains("\"action\":\"same\"");
        assertThat(comparable(aws("describe-table", "--table-name", "theirs"), "theirs"))
                .isEqualTo(comparable(aws("describe-table", "--table-name", "ours"), "ours"));
        Path described = folder.resolve("described.json");
        Files.writeString(described, aws("describe-table", "--table-name", "theirs"));
        assertThat(ok(dynacog("schema-load", described.toString()).run()).out()).contains("\"action\":\"same\"");

        aws(
                "put-item",
                "--table-name",
                "ours",
                "--item",
                "{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"},\"n\":{\"N\":\"1\"}}");
        assertThat(ok(dynacog("scan", "ours").run()).out()).isEqualTo("{\"pk\":\"a\",\"sk\":\"b\",\"n\":1}\n");
    }

    private String aws(String... arguments) {
        Run run = Run.of(
                        folder,
                        "aws",
                        "dynamodb",
                        "--endpoint-url",
                        SERVER.endpoint().toString())
                .args(arguments)
                .with("AWS_ACCESS_KEY_ID", "testing")
                .with("AWS_SECRET_ACCESS_KEY", "testing")
                .with("AWS_DEFAULT_REGION", "us-east-1")
                .with("HOME", System.getenv().getOrDefault("HOME", folder.toString()));
        return ok(run.run()).out();
    }

    private static String comparable(String description, String table) {
        return Pattern.compile("\"(CreationDateTime|LatestStream\\w+|\\w+Id)\": .*")
                .matcher(description)
                .replaceAll("")
                .replace(table, "TABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonprod", "Prod", "prdo", "prod "})
    void prodIsNeverReachedByANameThatOnlyResemblesIt(String name) {
        ok(dynacog("schema-load", "--table", "precious").run());
        assertThat(prod("--env", name, "drop", "precious", "--confirm", "precious")
                        .run()
                        .exit())
                .isEqualTo(2);
        assertThat(prod("drop", "precious", "--confirm", "precious")
                        .with("DYNACOG_ENV", name)
                        .run()
                        .exit())
                .isEqualTo(2);
        assertThat(isThere("precious")).isTrue();
    }

    @Test
    void aGuardedDropWithoutATerminalChangesNothingUntilItIsConfirmed() {
        ok(dynacog("schema-load", "--table", "guarded").run());
        Run.Result refused = prod("--env", "prod", "drop", "guarded").run();
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--confirm guarded");
        assertThat(isThere("guarded")).isTrue();
        ok(prod("--env", "prod", "drop", "guarded", "--confirm", "guarded").run());
        assertThat(isThere("guarded")).isFalse();
    }

    @Test
    void withoutCredentialsOrARegionProdSaysWhatToDo() {
        Run nobody = dynacog("--env", "prod", "list-tables")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_CONFIG_FILE", "/dev/null");
        Run.Result region = nobody.run();
        assertThat(region.exit()).isEqualTo(4);
        assertThat(region.err()).contains("no AWS region is configured").contains("hint");
        Run.Result credentials = nobody.with("AWS_REGION", "eu-west-1").run();
        assertThat(credentials.exit()).isEqualTo(4);
        assertThat(credentials.err())
                .contains("no AWS credentials for environment prod")
                .contains("hint")
                .doesNotContain("\tat ");
    }

    @Test
    void awsEndpointUrlRedirectsNoOtherService() {
        Run.Result shown = ok(dynacog("config", "show", "--env", "prod")
                .with("AWS_ENDPOINT_URL", "http://localhost:1")
                .without("AWS_ENDPOINT_URL_DYNAMODB")
                .run());
        assertThat(shown.out()).doesNotContain("localhost:1");
    }

    @Test
    void aSpecialProjectionOfUnicodeSurvivesAnyLocale() {
        ok(dynacog("schema-load", "--table", "unicode").run());
        Run.Result scan = dynacog("scan", "unicode", "--filter", "message = :m", "--value", ":m=Grüße 😀")
                .with("LC_ALL", "C")
                .run();
        assertThat(ok(scan).out()).isEmpty();
        Run.Result missing = dynacog("describe", "täbelle").with("LANG", "C").run();
        assertThat(missing.err()).contains("Invalid table/index name").doesNotContain("?belle");
    }
}
