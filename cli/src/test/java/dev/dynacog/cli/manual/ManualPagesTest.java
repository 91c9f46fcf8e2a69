package dev.dynacog.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dynacog.cli.Dynacog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualPagesTest {
    @Test
    void everyCommandHasAPageWithItsOptionsAndExamples(@TempDir Path folder) throws IOException {
        ManualPages.write(Dynacog.wholeTree(), folder, "2026-11-21", "1");
        assertThat(folder.resolve("dynacog-complete.1")).doesNotExist();
        assertThat(folder.resolve("dynacog.1")).content().contains(".SH EXIT STATUS", "dynacog\\-scan(1)");
        assertThat(folder.resolve("dynacog-local-up.1"))
                .content()
                .startsWith(".TH DYNACOG\\-LOCAL\\-UP 1 2026-11-21 \"dynacog 1\"\n")
                .contains(".SH NAME\ndynacog\\-local\\-up \\- ", "\n\\fB\\-\\-seed\\fR\n", ".SH EXAMPLES\n.nf\n")
                .contains("\\fB\\-\\-port\\-dynamodb\\fR \\fIN\\fR")
                .doesNotContain("${");
    }

    @Test
    void groffHasNothingAgainstThem(@TempDir Path folder) throws Exception {
        assumeTrue(Stream.of("/usr/bin/groff", "/bin/groff").map(Path::of).anyMatch(Files::isExecutable));
        ManualPages.write(Dynacog.wholeTree(), folder, "2026-11-21", "1");
        for (Path page : pages(folder)) {
            Process groff = new ProcessBuilder(
                            "groff", "-man", "-ww", "-z", "-K", "utf8", "-T", "utf8", page.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(page.toString())
                    .isEmpty();
            assertThat(groff.waitFor()).isZero();
        }
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> pages = Files.list(folder)) {
            return pages.toList();
        }
    }
}
