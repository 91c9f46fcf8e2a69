package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that hangs has to fail, in every module, also when it doesn't let itself be interrupted. */
class TimeLimitTest {
    static List<Path> modulesWithTests() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of(".."), 2)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .filter(module -> Files.isDirectory(module.resolve("src/test/java")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modulesWithTests")
    void everyTestHasATimeLimit(Path module) throws IOException {
        Properties settings = new Properties();
        try (InputStream in =
                Files.newInputStream(module.resolve("src/test/resources").resolve("junit-platform.properties"))) {
            settings.load(in);
        }
        assertThat(settings)
                .containsKey("junit.jupiter.execution.timeout.default")
                .containsEntry("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD");
    }
}
