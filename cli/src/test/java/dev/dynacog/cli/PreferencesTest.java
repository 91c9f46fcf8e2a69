package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Format, zone and colour: an option, then a variable, then the user's own file. */
class PreferencesTest {
    private Cli cli = Cli.inPipe();
    private Path file = Path.of("");

    @BeforeEach
    void aHome(@TempDir Path home) throws IOException {
        cli = cli.with("HOME", home.toString()).with("XDG_CONFIG_HOME", home.toString());
        file = home.resolve("dynacog/dynacog.yaml");
        Files.createDirectories(file.getParent());
    }

    private String shown(String setting, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "config";
        all[1] = "show";
        System.arraycopy(options, 0, all, 2, options.length);
        Run run = cli.run(all);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.outLines().stream()
                .filter(line -> line.startsWith(setting + ","))
                .findFirst()
                .orElse(run.out());
    }

    @Test
    void theNextPlaceCountsOnlyWhereTheOneBeforeSaysNothing() throws IOException {
        Files.writeString(file, "defaults:\n  output: csv\n  zone: Asia/Tokyo\n  color: never\n");
        assertThat(shown("output")).isEqualTo("output,csv," + file + ":2");
        assertThat(shown("zone")).isEqualTo("zone,Asia/Tokyo," + file + ":3");
        assertThat(shown("color")).isEqualTo("color,never," + file + ":4");
        cli = cli.with("DYNACOG_OUTPUT", "json")
                .with("DYNACOG_ZONE", "Europe/Paris")
                .with("DYNACOG_COLOR", "always");
        assertThat(cli.run("config", "show").out()).startsWith("[\n");
        assertThat(shown("output", "-o", "csv")).isEqualTo("output,csv,--output");
        assertThat(shown("zone", "-o", "csv")).isEqualTo("zone,Europe/Paris,DYNACOG_ZONE");
        assertThat(shown("zone", "-o", "csv", "--zone", "UTC")).isEqualTo("zone,UTC,--zone");
        assertThat(shown("color", "-o", "csv")).isEqualTo("color,always,DYNACOG_COLOR");
        assertThat(shown("color", "-o", "csv", "--color", "auto")).isEqualTo("color,auto,--color");
    }

    @Test
    void anEmptyVariableSaysNothing() {
        cli = cli.with("DYNACOG_OUTPUT", "").with("DYNACOG_ZONE", "").with("DYNACOG_COLOR", "");
        assertThat(cli.run("config", "show").out()).startsWith("{\"setting\":\"env\"");
    }

    @Test
    void coloursOfTheFileComeAfterTheVariablesOfAllTools() throws IOException {
        Files.writeString(file, "defaults:\n  color: always\n");
        assertThat(cli.run("config", "show", "-o", "table").out()).contains("\u001b[");
        assertThat(cli.with("NO_COLOR", "1")
                        .run("config", "show", "-o", "table")
                        .out())
                .doesNotContain("\u001b[");
        assertThat(cli.with("NO_COLOR", "1")
                        .with("DYNACOG_COLOR", "always")
                        .run("config", "show", "-o", "table")
                        .out())
                .contains("\u001b[");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DYNACOG_OUTPUT | xml  | invalid output 'xml' (DYNACOG_OUTPUT)
        DYNACOG_ZONE   | Mars | invalid time zone 'Mars' (DYNACOG_ZONE)
        DYNACOG_COLOR  | red  | invalid color 'red' (DYNACOG_COLOR)
        """)
    void aBadVariableIsNamedBeforeAnythingIsDone(String variable, String value, String error) {
        Run run = cli.with(variable, value).run("list-tables");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  " + error + "\n");
        assertThat(cli.with(variable, value).run("--help").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        output: xml  | invalid output 'xml' (FILE:2)
        zone: Mars   | invalid time zone 'Mars' (FILE:2)
        color: red   | invalid color 'red' (FILE:2)
        outptu: csv  | FILE:2 unknown default 'outptu'
        """)
    void aBadDefaultIsNamedWithFileAndLine(String line, String error) throws IOException {
        Files.writeString(file, "defaults:\n  " + line + "\n");
        Run run = cli.run("list-tables");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error  " + error.replace("FILE", file.toString()) + "\n");
    }
}
