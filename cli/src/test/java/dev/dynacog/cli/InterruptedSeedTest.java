package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Interruptible;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A long seed that is ended by a signal says how much it wrote. */
@Timeout(120)
class InterruptedSeedTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptedSeedSaysHowMuchItWroteAndHowToGoOn(String signal, int exit) throws Exception {
        try (DynamoServer dynamo = LocalServers.freshDynamo();
                AwsClients clients = StreamCommandsTest.clients(dynamo)) {
            Cli cli = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
            assertThat(cli.run("schema-load").exit()).isZero();
            Process process = start(cli);
            while (isEmpty(clients)) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor()).isEqualTo(exit);
            assertThat(Files.readString(folder.resolve("err")))
                    .matches("(?s).*error  interrupted; [\\d,]+ items? (was|were) written; run it again to go on\n");
        }
    }

    private static boolean isEmpty(AwsClients clients) {
        return clients.dynamodb()
                        .scan(request -> request.tableName("cruddur-messages").limit(1))
                        .count()
                == 0;
    }

    private Process start(Cli cli) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Interruptible.command(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.dynacog.cli.Dynacog",
                        "seed",
                        "--groups",
                        "10000",
                        "--messages",
                        "1000")))
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(cli.variables());
        return builder.start();
    }
}
