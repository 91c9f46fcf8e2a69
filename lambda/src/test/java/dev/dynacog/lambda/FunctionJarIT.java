package dev.dynacog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar that is uploaded, in a JVM that has nothing else. */
class FunctionJarIT {
    private static final Path JAR = Path.of(System.getProperty("dynacog.lambda.jar"));

    @Test
    void theJarAloneProjects() throws IOException, InterruptedException {
        try (AppTable table = new AppTable()) {
            table.row("andrew", "2026-11-20T09:00:00.000000+00:00", "g", "bayko");
            table.message("g", "2026-11-20T12:00:00.000000+00:00", "bayko", "new");
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            JAR + File.pathSeparator + System.getProperty("dynacog.lambda.tests"),
                            "dev.dynacog.lambda.Invocation",
                            AppTable.NAME,
                            "MSG#g")
                    .redirectErrorStream(true);
            command.environment()
                    .put("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint().toString());
            command.environment().put("AWS_REGION", "us-east-1");
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains("1 groups moved").doesNotContain("failure");
            assertThat(table.rows("andrew")).containsExactly("2026-11-20T12:00:00.000000+00:00 new");
        }
    }

    @Test
    void theJarStaysSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(8_000_000);
    }
}
