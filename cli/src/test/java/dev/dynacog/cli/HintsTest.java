package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No hint leads to another place than the one that it is about. */
class HintsTest {
    private static final Set<String> COMMANDS = Set.of("list-tables", "db", "local", "doctor", "config");

    private static Hints hints(GlobalOptions options, Map<String, String> variables) {
        return new Hints(options, variables, COMMANDS, () -> Optional.of("staging"));
    }

    private static GlobalOptions options() {
        GlobalOptions options = new GlobalOptions();
        options.environment = "prod";
        options.endpointUrl = "http://localhost:8000/?a=1&b";
        options.region = "eu-west-1";
        options.profile = "my profile";
        return options;
    }

    @Test
    void everyCommandCarriesWhatTheCallWasGiven() {
        String place = "--env prod --endpoint-url 'http://localhost:8000/?a=1&b' --region eu-west-1"
                + " --profile 'my profile' ";
        assertThat(hints(options(), Map.of()).complete("dynacog db create makes it; dynacog list-tables shows those"))
                .isEqualTo("dynacog " + place + "db create makes it; dynacog " + place + "list-tables shows those");
    }

    @Test
    void whatIsOfThisMachineAndWhatIsNoCommandStaysAsItIs() {
        for (String hint : List.of("start it: dynacog local up", "update dynacog", "dynacog is old", "--dir", "")) {
            assertThat(hints(options(), Map.of()).complete(hint)).isEqualTo(hint);
        }
    }

    @Test
    void anEnvironmentOfTheShellIsSaidAndWithoutOneNothingIs() {
        assertThat(hints(new GlobalOptions(), Map.of("DYNACOG_ENV", "staging")).complete("dynacog doctor"))
                .isEqualTo("dynacog --env staging doctor");
        assertThat(hints(new GlobalOptions(), Map.of("DYNACOG_ENV", "")).complete("dynacog doctor"))
                .isEqualTo("dynacog doctor");
        GlobalOptions local = new GlobalOptions();
        local.environment = "local";
        assertThat(hints(local, Map.of("DYNACOG_ENV", "prod")).complete("dynacog doctor"))
                .isEqualTo("dynacog --env local doctor");
    }

    @Test
    void whoHasToSignInIsToldTheProfileOfTheEnvironment() {
        assertThat(hints(new GlobalOptions(), Map.of()).complete("sign in (aws sso login), or ask"))
                .isEqualTo("sign in (aws sso login --profile staging), or ask");
    }

    @Test
    void aHintOfARealCallStaysInItsEnvironment() {
        try (DynamoServer dynamo = LocalServers.freshDynamo()) {
            String endpoint = dynamo.endpoint().toString();
            Cli cli = Cli.inPipe().with("AWS_REGION", "eu-west-1");
            assertThat(cli.run("--env", "prod", "--endpoint-url", endpoint, "describe", "absent")
                            .err())
                    .contains("hint   list the tables: dynacog --env prod --endpoint-url " + endpoint + " list-tables");
            assertThat(cli.with("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
                            .run("describe", "absent")
                            .err())
                    .contains("hint   list the tables: dynacog list-tables");
        }
    }

    @Test
    void doctorsAdviceStaysInItsEnvironment() {
        try (StubAws stub = new StubAws((operation, body, number) -> Answer.ok("{\"TableNames\":[]}"))) {
            assertThat(Cli.inPipe()
                            .with("AWS_REGION", "eu-west-1")
                            .with("AWS_ENDPOINT_URL_STS", stub.endpoint())
                            .run("--env", "prod", "--endpoint-url", stub.endpoint(), "doctor")
                            .out())
                    .contains("dynacog --env prod --endpoint-url " + stub.endpoint() + " schema-load");
        }
    }

    /** But for two that change nothing at AWS: they would need endpoint, region and profile, which dynacog's own get. */
    @Test
    void noHintShowsACommandOfTheAwsCli() throws IOException {
        for (String module : List.of("../core", "../cli")) {
            try (Stream<Path> sources = Files.walk(Path.of(module, "src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    assertThat(Files.readAllLines(source).stream()
                                    .filter(line -> line.matches(".*\"([^\"]*[ (:])?aws [a-z].*"))
                                    .filter(line -> !line.contains("aws sso login"))
                                    .filter(line -> !line.contains("aws configure --profile \" + profile")))
                            .as(source.toString())
                            .isEmpty();
                }
            }
        }
    }
}
