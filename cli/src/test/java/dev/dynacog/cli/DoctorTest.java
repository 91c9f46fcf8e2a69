package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalServers.Extension.class)
class DoctorTest {
    @Test
    void whatAnswersIsOkAndWhatDoesntFailsWithWhatToDo(LocalServers servers) {
        Cli cli = servers.cli().with("NO_COLOR", "1").atTerminal(120, "");
        assertThat(cli.run("schema-load").exit()).isZero();
        Run sick = cli.with("CONNECTION_URL", "postgresql://me:secret@localhost:1/db")
                .run("doctor");
        assertThat(sick.exit()).isEqualTo(1);
        assertThat(sick.out())
                .contains("ok    DynamoDB local " + servers.dynamo().endpoint())
                .contains("fail  cannot connect to Postgres at localhost:1")
                .contains("\n      start the local stack: dynacog local up\n")
                .doesNotContain("secret");
        Run well = cli.with("CONNECTION_URL", servers.postgres().url()).run("doctor");
        assertThat(well.exit()).isZero();
        assertThat(well.out()).contains("warn  Postgres localhost:").contains("dynacog db ");
    }

    @Test
    void awsEndpointUrlIsAWarningForEveryOtherTool(LocalServers servers) {
        Run doctor = servers.cli()
                .with("AWS_ENDPOINT_URL", servers.dynamo().endpoint().toString())
                .with("CONNECTION_URL", servers.postgres().url())
                .run("doctor");
        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("\"check\":\"variables\",\"grade\":\"fail\"")
                .contains("export AWS_ENDPOINT_URL_DYNAMODB instead");
    }
}
