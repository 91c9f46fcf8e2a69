package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command's output has in common. */
@ExtendWith(LocalServers.Extension.class)
class OutputTest {
    private Cli cli = Cli.inPipe();

    @BeforeEach
    void aTable(LocalServers servers) {
        cli = servers.cli();
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    @Test
    void aPipeGetsJsonLinesAndATerminalATable() {
        assertThat(cli.run("list-tables", "--names").out()).isEqualTo("{\"name\":\"cruddur-messages\"}\n");
        assertThat(cli.with("NO_COLOR", "1")
                        .atTerminal(80, "")
                        .run("list-tables", "--names")
                        .out())
                .isEqualTo("TABLE\ncruddur-messages\n");
    }

    @Test
    void everyFormatCanBeAskedFor() {
        assertThat(cli.run("list-tables", "--names", "-o", "json").out())
                .isEqualTo("[\n  {\"name\":\"cruddur-messages\"}\n]\n");
        assertThat(cli.run("list-tables", "--names", "-o", "csv").out()).isEqualTo("name\ncruddur-messages\n");
        assertThat(cli.run("list-tables", "--names", "-o", "table").out()).isEqualTo("TABLE\ncruddur-messages\n");
        assertThat(cli.run("list-tables", "--names", "-o", "JSONL").out())
                .isEqualTo("{\"name\":\"cruddur-messages\"}\n");
        assertThat(cli.run("list-tables", "--names", "-o", "yaml").out()).isEqualTo("---\nname: cruddur-messages\n");
        Run wrong = cli.run("list-tables", "-o", "xml");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("table", "jsonl", "csv");
    }

    @Test
    void globalOptionsGoBeforeOrAfterTheCommandsName() {
        String expected = "name\ncruddur-messages\n";
        assertThat(cli.run("-o", "csv", "list-tables", "--names").out()).isEqualTo(expected);
        assertThat(cli.run("list-tables", "-o", "csv", "--names").out()).isEqualTo(expected);
        assertThat(cli.run("list-tables", "--names", "--output=csv").out()).isEqualTo(expected);
    }

    /** The option, then NO_COLOR, then what forces it, then TERM and the terminal. */
    @ParameterizedTest
    @CsvSource({
        "auto,,,,true,true",
        "auto,,,,false,false",
        "auto,1,,,true,false",
        "auto,'',,,true,true",
        "auto,1,1,,true,false",
        "auto,,1,,false,true",
        "auto,,0,,false,false",
        "auto,,,dumb,true,false",
        "auto,,1,dumb,false,true",
        "always,1,,dumb,false,true",
        "never,,1,,true,false"
    })
    void colourIsDecidedInOneOrder(
            String option, String noColor, String force, String term, boolean terminal, boolean colored) {
        for (String variable : new String[] {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
            Cli at = terminal ? cli.atTerminal(80, "") : cli;
            at = noColor == null ? at : at.with("NO_COLOR", noColor);
            at = force == null ? at : at.with(variable, force);
            at = term == null ? at : at.with("TERM", term);
            String out = at.run("list-tables", "--names", "-o", "table", "--color", option)
                    .out();
            assertThat(out.contains("\u001b[")).isEqualTo(colored);
        }
    }

    @Test
    void timesAreShownInTheZoneThatIsAskedFor() {
        String utc = cli.atTerminal(80, "")
                .run("describe", "cruddur-messages", "--zone", "UTC")
                .out();
        String tokyo = cli.atTerminal(80, "")
                .run("describe", "cruddur-messages", "--zone", "Asia/Tokyo")
                .out();
        assertThat(utc).contains("created").isNotEqualTo(tokyo);
        assertThat(cli.atTerminal(80, "")
                        .run("describe", "cruddur-messages", "--zone", "Mars/Olympus")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void didYouMeanKnowsCommandsAndOptions() {
        assertThat(cli.run("list-tabels").err()).contains("did you mean list-tables");
        assertThat(cli.run("scan", "--limti", "5").err()).contains("did you mean --limit");
        assertThat(cli.run("local", "upp").err()).contains("did you mean up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionKnowsEveryCommand(String shell) {
        Run completion = cli.run("completion", shell);
        assertThat(completion.exit()).isZero();
        assertThat(completion.out())
                .contains("list-tables", "schema-load", "--endpoint-url")
                .doesNotContain("@TABLE@");
    }

    @Test
    void aTableIsAsWideAsItsReaderAllows() {
        for (int width : new int[] {200, 80, 60, 40, 20}) {
            Run list = cli.with("NO_COLOR", "1").atTerminal(width, "").run("list-tables");
            assertThat(list.outLines()).allMatch(line -> line.length() <= width);
            assertThat(list.outLines().get(1)).startsWith("cruddur");
            if (width < 60) {
                assertThat(list.err()).contains("hidden");
            }
        }
    }

    @Test
    void configShowTellsWhereEachSettingCameFrom() {
        Run show = cli.with("CONNECTION_URL", "postgresql://me:hunter2@localhost:5/db")
                .with("AWS_DEFAULT_REGION", "eu-west-1")
                .run("config", "show");
        assertThat(show.out())
                .contains("{\"setting\":\"env\",\"value\":\"local\",\"from\":\"default\"}")
                .contains("{\"setting\":\"region\",\"value\":\"eu-west-1\",\"from\":\"AWS_DEFAULT_REGION\"}")
                .contains("\"value\":\"postgresql://me:****@localhost:5/db\",\"from\":\"CONNECTION_URL\"")
                .doesNotContain("hunter2");
    }

    @Test
    void describesJsonMakesTheSameTableAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.json");
        Files.writeString(
                file, cli.run("describe", "cruddur-messages", "-o", "json").out());
        assertThat(cli.run("schema-load", file.toString()).out()).contains("\"action\":\"same\"");
        assertThat(cli.run("schema-load", folder.toString(), "--table", "again").out())
                .contains("\"action\":\"created\"");
        assertThat(cli.run("describe", "again", "-o", "json").out().replace("again", "cruddur-messages"))
                .isEqualTo(Files.readString(file));
        assertThat(cli.run("drop", "again").exit()).isZero();
    }
}
