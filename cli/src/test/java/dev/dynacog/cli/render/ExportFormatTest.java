package dev.dynacog.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFormatTest {
    private static final String AWKWARD = "it's $HOME `id` \"quoted\" \\ back";

    @Test
    void aShellGetsExactlyTheValueAndRunsNothingOfIt(@TempDir Path folder) throws Exception {
        assertThat(afterSourcing(folder, ExportFormat.SHELL)).isEqualTo(AWKWARD);
    }

    @Test
    void aFileOfVariablesThatAShellReadsGivesExactlyTheValue(@TempDir Path folder) throws Exception {
        assertThat(afterSourcing(folder, ExportFormat.DOTENV)).isEqualTo(AWKWARD);
    }

    private static String afterSourcing(Path folder, ExportFormat format) throws IOException, InterruptedException {
        Path file = folder.resolve("variables");
        Files.write(file, format.lines(Map.of("AWKWARD", AWKWARD)));
        Process shell = new ProcessBuilder("sh", "-c", ". \"$0\"; printf %s \"$AWKWARD\"", file.toString()).start();
        String value = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return value;
    }

    @Test
    void plainValuesStandAsTheyAre() {
        Map<String, String> variables = Map.of("URL", "http://localhost:8000");
        assertThat(ExportFormat.SHELL.lines(variables)).isEqualTo(List.of("export URL=http://localhost:8000"));
        assertThat(ExportFormat.FISH.lines(variables)).isEqualTo(List.of("set -gx URL http://localhost:8000"));
        assertThat(ExportFormat.DOTENV.lines(variables)).isEqualTo(List.of("URL=http://localhost:8000"));
        assertThat(ExportFormat.GITHUB.lines(variables)).isEqualTo(List.of("URL=http://localhost:8000"));
        assertThat(ExportFormat.JSON.lines(variables)).isEqualTo(List.of("{\"URL\":\"http://localhost:8000\"}"));
    }

    @Test
    void fishGetsItsOwnQuotes() {
        assertThat(ExportFormat.FISH.lines(Map.of("A", "it's \\ back")))
                .isEqualTo(List.of("set -gx A 'it\\'s \\\\ back'"));
    }

    @Test
    void noValueMakesASecondVariable() {
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(format.lines(Map.of("A", "x\nB=y\r"))).hasSize(1);
        }
    }
}
