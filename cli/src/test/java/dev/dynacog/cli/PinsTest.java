package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment that turned out to be another than its file pins it to is read with a note, and never written. */
class PinsTest {
    private static final String ACCOUNT = """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
            <Arn>arn:aws:iam::222222222222:user/me</Arn><UserId>U</UserId><Account>222222222222</Account>\
            </GetCallerIdentityResult></GetCallerIdentityResponse>""";

    @TempDir
    Path home = Path.of("");

    /** DynamoDB, which says that there is no table, and STS, which says who asks. */
    private final StubAws aws = new StubAws((operation, body, number) -> body.contains("GetCallerIdentity")
            ? Answer.ok(ACCOUNT)
            : operation.equals("ListTables")
                    ? Answer.ok("{\"TableNames\":[]}")
                    : Answer.error(400, "ResourceNotFoundException", "no such table"));

    private Cli cli = Cli.inPipe();

    @BeforeEach
    void anUnguardedEnvironmentOfTheUsersOwn() {
        cli = Cli.inPipe()
                .with("HOME", home.toString())
                .with("AWS_REGION", "eu-west-1")
                .with("AWS_ENDPOINT_URL_DYNAMODB", aws.endpoint())
                .with("AWS_ENDPOINT_URL_STS", aws.endpoint());
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private void pinned(String... lines) throws IOException {
        StringBuilder text = new StringBuilder("environments:\n  dev:\n    guarded: false\n");
        for (String line : lines) {
            text.append("    ").append(line).append('\n');
        }
        Files.writeString(
                Files.createDirectories(home.resolve(".config/dynacog")).resolve("dynacog.yaml"), text.toString());
    }

    /** What DynamoDB was asked beside who it is and what is there. */
    private List<String> writes() {
        return aws.operations().stream()
                .filter(operation ->
                        !List.of("null", "ListTables", "DescribeTable").contains(operation))
                .toList();
    }

    private void assertRefused(Run run, String what) {
        assertThat(run.err()).contains("error  environment dev is pinned: ").contains(what);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regions: [eu-west-3, eu-north-1]|the region is eu-west-1 (AWS_REGION), not eu-west-3 or eu-north-1 (",
                "cognito: {user-pool-id: eu-west-1_Mine}|the Cognito pool is eu-west-1_Other (AWS_COGNITO_USER_POOL_ID),"
                        + " not eu-west-1_Mine (",
                "postgres: {url-from: DEV_URL, host: db.example.com}|the Postgres host is localhost (DEV_URL), not"
                        + " db.example.com (",
                "account: '111111111111'|the account is 222222222222, not 111111111111 ("
            })
    void anotherPlaceIsNeitherWrittenNorReadInSilence(String pinAndDifference) throws IOException {
        String[] parts = pinAndDifference.split("\\|", -1);
        pinned(parts[0]);
        Cli elsewhere = cli.with("AWS_COGNITO_USER_POOL_ID", "eu-west-1_Other")
                .with("DEV_URL", "postgresql://me@localhost/app");
        String difference = parts[1] + home.resolve(".config/dynacog/dynacog.yaml") + ":4)";
        assertRefused(elsewhere.run("--env", "dev", "drop", "t", "--confirm", "t"), difference);
        assertRefused(elsewhere.run("--env", "dev", "schema-load"), difference);

        Run read = elsewhere.run("--env", "dev", "list-tables", "--names");
        assertThat(read.err()).startsWith("environment dev is pinned: ").contains(difference);
        assertThat(read.exit()).isZero();
        assertThat(elsewhere.run("--env", "dev", "drop", "t", "--dry-run").err())
                .contains(difference);
    }

    @Test
    void thePinnedPlaceIsWrittenAndReadWithoutAWord() throws IOException {
        pinned("regions: eu-west-1", "account: '222222222222'", "cognito: {user-pool-id: eu-west-1_Mine}");
        assertThat(cli.run("--env", "dev", "drop", "t").exit()).isEqualTo(3);
        assertThat(cli.run("--env", "dev", "schema-load").err()).doesNotContain("pinned");
        assertThat(writes()).contains("CreateTable");
        assertThat(cli.run("--env", "dev", "list-tables", "--names").err()).isEmpty();
    }

    @Test
    void allRegionsAreThoseThatAreLeftByThePins() throws IOException {
        pinned("regions: [eu-west-1, eu-west-3]");

        Run run = cli.run("--env", "dev", "list-tables", "--all-regions");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(aws.operations()).containsExactly("ListTables", "ListTables");
        assertThat(run.err())
                .contains("only in eu-west-1, eu-west-3: environment dev is pinned to them ("
                        + home.resolve(".config/dynacog/dynacog.yaml") + ":4)");
    }

    @Test
    void anAccountThatCantBeLearntIsNotWritten() throws IOException {
        pinned("account: '222222222222'");
        Cli nobody = cli.with("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1");
        assertRefused(nobody.run("--env", "dev", "drop", "t"), "the account is unknown, and must be 222222222222 (");
        assertThat(nobody.run("--env", "dev", "list-tables", "--names").err())
                .contains("the account is unknown, and must be 222222222222 (");
    }

    /** What STS says instead of who is there. */
    @ParameterizedTest
    @CsvSource({
        "403, <ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
        "403, <html>forbidden</html>",
        "200, <html>welcome</html>",
        "200, {}",
        "200, ''",
        "500, ''",
        "200, <GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>"
    })
    void anAccountThatStsDoesntTellIsRefusedAndReadWithANote(int status, String body) throws IOException {
        pinned("account: '222222222222'");
        try (StubAws sts = new StubAws((operation, request, number) -> new Answer(status, body, body.length()))) {
            Cli asking = cli.with("AWS_ENDPOINT_URL_STS", sts.endpoint());

            assertRefused(
                    asking.run("--env", "dev", "drop", "t"), "the account is unknown, and must be 222222222222 (");
            Run read = asking.run("--env", "dev", "list-tables", "--names");

            assertThat(read.err()).contains("the account is unknown, and must be 222222222222 (");
            assertThat(read.exit()).isZero();
            assertThat(sts.operations()).isNotEmpty();
        }
    }

    @Test
    void aDatabaseIsRefusedToo() throws IOException {
        pinned("postgres: {url: 'postgresql://me@localhost:1/app', host: db.example.com}");
        Path file = Files.writeString(home.resolve("x.sql"), "select 1;\n");
        assertRefused(cli.run("--env", "dev", "db", "seed", file.toString()), "the Postgres host is localhost (");
        assertRefused(cli.run("--env", "dev", "db", "drop"), "the Postgres host is localhost (");
        assertRefused(cli.run("--env", "dev", "db", "migrate"), "the Postgres host is localhost (");
        assertRefused(cli.run("--env", "dev", "db", "connect"), "the Postgres host is localhost (");
        assertThat(cli.run("--env", "dev", "db", "migrate", "--status").err())
                .contains("the Postgres host is localhost (");
    }

    @Test
    void prodIsPinnedByTheUsersOwnFileAndStaysGuarded() throws IOException {
        pinned("region: eu-west-1");
        Files.writeString(
                home.resolve(".config/dynacog/dynacog.yaml"),
                "environments: {prod: {account: '111111111111', regions: [eu-west-1]}}\n");
        Run unconfirmed = cli.run("--env", "prod", "drop", "t");
        assertThat(unconfirmed.err()).contains("environment prod is guarded");
        assertThat(aws.operations()).isEmpty();
        Run drop = cli.run("--env", "prod", "drop", "t", "--confirm", "t");
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err()).contains("the account is 222222222222, not 111111111111 (");
        assertThat(writes()).isEmpty();
    }

    @Test
    void aPinnedAccountInLocalAsksNobody() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".config/dynacog")).resolve("dynacog.yaml"),
                "environments: {local: {account: '111111111111', region: eu-west-1}}\n");
        assertThat(cli.run("drop", "t").exit()).isEqualTo(3);
        assertThat(aws.operations()).doesNotContain("null");
    }
}
