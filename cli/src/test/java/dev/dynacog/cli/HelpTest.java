package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The help of every command, as it was read and found good, and the words that completion knows. To accept a
 * change, run the test with {@code DYNACOG_ACCEPT_HELP=1} and read the diff.
 */
class HelpTest {
    private static final Path GOLDEN = Path.of("src/test/resources/help");
    private static final Path COMPLETION = Path.of("src/main/resources/dev/dynacog/cli/command/tool/completion.table");

    static Stream<String> commands() {
        List<String> all = new ArrayList<>();
        collect("", Dynacog.wholeTree(), all);
        return all.stream();
    }

    private static void collect(String path, CommandLine command, List<String> into) {
        into.add(path);
        command.getSubcommands().forEach((name, child) -> {
            if (!child.getCommandSpec().usageMessage().hidden()) {
                collect((path + " " + name).strip(), child, into);
            }
        });
    }

    private static String help(String command) {
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : Arrays.asList(command.split(" ", -1)));
        arguments.add("--help");
        return Cli.inPipe().run(arguments.toArray(String[]::new)).out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsAsItWasFoundGood(String command) throws IOException {
        Path golden = GOLDEN.resolve((command.isEmpty() ? "dynacog" : command.replace(' ', '-')) + ".txt");
        String help = help(command);
        if (System.getenv("DYNACOG_ACCEPT_HELP") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, help);
        }
        assertThat(golden).exists();
        assertThat(help).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpHasAnExampleAndFitsEightyColumns(String command) {
        String help = help(command);
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help).contains("Examples:\n  ");
    }

    @Test
    void completionIsThatOfTheCommandsThereAre() throws IOException {
        String completion = CompletionTable.of(Dynacog.wholeTree());
        if (System.getenv("DYNACOG_ACCEPT_HELP") != null) {
            Files.createDirectories(COMPLETION.getParent());
            Files.writeString(COMPLETION, completion);
        }
        assertThat(completion).isEqualTo(Files.readString(COMPLETION));
    }

    /** Where a command's name is mistyped, or an argument of it, what helps is taken from all of them. */
    @Test
    void aMistypedCommandIsGuessedInEveryGroup() {
        assertThat(Cli.inPipe().run("list-tabels").err()).contains("list-tables");
        assertThat(Cli.inPipe().run("db", "migrat").err()).contains("migrate");
        assertThat(Cli.inPipe().run("migrate", "db").exit()).isEqualTo(2);
    }

    /** A message that begins with the name of a person must not become what is in a file of that name. */
    @Test
    void anArgumentThatBeginsWithAtIsNoFile() {
        assertThat(Path.of("pom.xml")).exists();
        assertThat(Cli.inPipe().run("@pom.xml").err()).contains("@pom.xml");
    }

    @Test
    void aGroupWithoutItsCommandShowsItsHelp() {
        assertThat(Cli.inPipe().run("local").exit()).isEqualTo(2);
        assertThat(Cli.inPipe().run().out()).contains("Commands:");
    }
}
