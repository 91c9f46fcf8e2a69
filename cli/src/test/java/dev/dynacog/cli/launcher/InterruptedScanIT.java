package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan that never ends by itself, because its table never does. */
class InterruptedScanIT {
    @TempDir
    Path folder;

    private static Answer endless(String operation, int number) {
        if (operation.equals("DescribeTable")) {
            return Answer.ok("{\"Table\":{\"TableName\":\"t\",\"TableStatus\":\"ACTIVE\",\"KeySchema\":[]}}");
        }
        String items = IntStream.range(0, 500)
                .mapToObj(i ->
                        "{\"id\":{\"S\":\"" + number + "-" + i + "\"},\"text\":{\"S\":\"" + "x".repeat(i % 90) + "\"}}")
                .collect(Collectors.joining(","));
        return Answer.ok("{\"Items\":[" + items
                + "],\"Count\":500,\"ScannedCount\":500,\"LastEvaluatedKey\":{\"id\":{\"S\":\"" + number + "\"}}}");
    }

    private Run dynacog(StubAws stub, String... arguments) throws IOException {
        return Run.of(folder, Distribution.shared().launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                .args(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv", "table"})
    void ctrlCEndsWith130AndWholeLines(String format) throws Exception {
        try (StubAws stub = new StubAws((operation, body, number) -> endless(operation, number))) {
            Run.Running running = dynacog(stub, "scan", "t", "-o", format).start();
            Run.until("much is printed", () -> size(running.out()) > 200_000);
            Run.of(folder, "kill", "-INT", String.valueOf(running.process().pid()))
                    .run();
            Run.Result result = running.await();
            assertThat(result.exit()).isEqualTo(130);
            assertThat(result.out()).endsWith("\n");
            if (format.equals("jsonl")) {
                assertThat(result.out().lines()).allMatch(line -> line.startsWith("{\"id\":\"") && line.endsWith("}"));
            }
            assertThat(result.err()).doesNotContain("Exception");
        }
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheScanQuietly() throws Exception {
        try (StubAws stub = new StubAws((operation, body, number) -> endless(operation, number))) {
            Run scan = dynacog(stub);
            Run.Result result = scan.calling(
                            "sh",
                            "-c",
                            "{ \"$0\" scan t; echo $? >code; } | head -n 3; cat code",
                            scan.command().get(0))
                    .run();
            assertThat(result.out().lines()).hasSize(4).last().isEqualTo("141");
            assertThat(result.err()).isEmpty();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
