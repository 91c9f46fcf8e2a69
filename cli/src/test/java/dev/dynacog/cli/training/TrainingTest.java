package dev.dynacog.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.Dynacog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainingTest {
    /** A command that isn't trained starts at half the speed of the others. */
    @Test
    void everyCommandIsTrained() {
        List<String> trained = Training.all().stream()
                .map(arguments -> String.join(" ", arguments) + " ")
                .toList();

        assertThat(leaves("", Dynacog.wholeTree()))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(trained).anyMatch(line -> line.startsWith(command)));
    }

    /** Without an archive nobody starts fast, and nobody sees why: the trainer works in the background. */
    @Test
    void theTrainingRunsToItsEnd(@TempDir Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ProcessBuilder training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.home=" + folder,
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        training.environment().clear();
        Process process = training.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .describedAs("ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(said)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static List<String> leaves(String path, CommandLine command) {
        List<String> leaves = new ArrayList<>();
        command.getSubcommands().forEach((name, child) -> {
            String childPath = path + name + " ";
            if (child.getSubcommands().isEmpty()) {
                leaves.add(childPath);
            } else {
                leaves.addAll(leaves(childPath, child));
            }
        });
        return leaves;
    }
}
