package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials and regions that can't be right are named as such. */
class CredentialsTest {
    private final Cli prod = Cli.inPipe().with("DYNACOG_ENV", "prod");

    private static void assertSaid(Run run, int exit, String message) {
        assertThat(run.err()).startsWith("error  " + message);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aProfileThatDoesntExistIsNamedWithItsOrigin() {
        assertSaid(
                prod.run("--profile", "nosuch", "--region", "eu-west-1", "list-tables"),
                4,
                "AWS profile not found: 'nosuch' (--profile)\n");
        assertSaid(
                prod.with("AWS_PROFILE", "nosuch").run("--region", "eu-west-1", "list-tables"),
                4,
                "AWS profile not found: 'nosuch' (AWS_PROFILE)\n");
    }

    @Test
    void halfAKeyPairIsNamed() {
        Cli region = prod.with("AWS_REGION", "eu-west-1");
        assertSaid(
                region.with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE").run("list-tables"),
                4,
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not\n");
        Run secret = region.with("AWS_SECRET_ACCESS_KEY", "hunter2").run("list-tables");
        assertSaid(secret, 4, "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not\n");
        assertThat(secret.err()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "euwest1", "eu_west_1", "eu-west", "eu-west-1.example.com/", "Eu-West-1"})
    void whatIsNoRegionIsNamedBeforeAnythingIsAsked(String region) {
        Run run = prod.run("--region", region, "list-tables");
        assertThat(run.err())
                .contains("'" + region + "'")
                .contains("(--region)")
                .contains("AWS region");
        assertThat(run.exit()).isEqualTo(2);
    }

    /** Found out by the name of the host, since there may be regions that are newer than dynacog. */
    @Test
    void aRegionThatAwsDoesntHaveIsNamedWithAGuess() {
        Run run = prod.with("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1").run("--region", "eu-wset-1", "list-tables");
        assertSaid(run, 2, "AWS region not found: 'eu-wset-1' (--region)\nhint   did you mean eu-west-1? ");
    }

    @Test
    void aServerOfOnesOwnTakesAnyRegion() {
        assertThat(Cli.inPipe().run("--region", "scan", "config", "show").out()).contains("\"value\":\"scan\"");
    }
}
