package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.testing.Cli;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command takes every global option, before and after its name, whatever the value is called. */
class GlobalOptionsTest {
    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(List.of(), Dynacog.wholeTree(), all);
        return all.stream();
    }

    private static void collect(List<String> path, CommandLine command, List<List<String>> into) {
        into.add(path);
        command.getSubcommands().forEach((name, child) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(longer, child, into);
        });
    }

    private static List<OptionSpec> globalOptions() {
        return new CommandLine(RootCommandArguments.of(new RootCommand(new GlobalOptions())))
                .getCommandSpec().options().stream()
                        .filter(option -> option.scopeType() == CommandLine.ScopeType.INHERIT)
                        .filter(option -> !option.typeInfo().isBoolean())
                        .toList();
    }

    private static Set<String> values(OptionSpec option, List<String> command) {
        if (option.typeInfo().isEnum()) {
            return Set.copyOf(option.typeInfo().getEnumConstantNames());
        }
        // A command's own name, its group's, and two that are elsewhere in the tree.
        Set<String> values = new LinkedHashSet<>(command);
        values.addAll(List.of("local", "scan", "show"));
        return values;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anyValueIsTakenInEveryForm(List<String> command) {
        for (OptionSpec option : globalOptions()) {
            for (String name : option.names()) {
                for (String value : values(option, command)) {
                    for (List<String> form : List.of(List.of(name, value), List.of(name + "=" + value))) {
                        for (int at = 0; at <= command.size(); at++) {
                            List<String> arguments = new ArrayList<>(command);
                            arguments.addAll(at, form);
                            // Names of tables and the like are none of this test's business.
                            arguments.add("--help");
                            assertThat(parsed(option, arguments))
                                    .describedAs(String.join(" ", arguments))
                                    .isEqualTo(String.join(" ", command) + ": " + value);
                        }
                    }
                }
            }
        }
    }

    /** The command that was understood, and the option's value. */
    private static String parsed(OptionSpec option, List<String> arguments) {
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Terminal.Ttys.NONE,
                        OptionalInt.empty()),
                Map.of(),
                options);
        String[] all = arguments.toArray(String[]::new);
        CommandLine root = Dynacog.commandLine(session, options, all);
        CommandLine.ParseResult result = root.parseArgs(all);
        List<String> path = new ArrayList<>();
        while (result.hasSubcommand()) {
            result = result.subcommand();
            path.add(result.commandSpec().name());
        }
        Object value = root.getCommandSpec().findOption(option.longestName()).getValue();
        return String.join(" ", path) + ": " + Objects.toString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--env local config show",
                "config --env local show",
                "config show --env local",
                "config show -e local",
                "--region scan config show",
                "config show --region config"
            })
    void whatWasRefusedRuns(String line) {
        Cli.Run run = Cli.inPipe().run(line.split(" ", -1));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db", "stream", "local"})
    void aValueThatIsCalledLikeACommandHidesNoneFromTheHelp(String group) {
        List<String> plain = new ArrayList<>(Arrays.asList(group.split(" ", -1)));
        plain.removeIf(String::isEmpty);
        List<String> help = new ArrayList<>(plain);
        help.add("--help");
        String expected = Cli.inPipe().run(help.toArray(String[]::new)).out();
        for (String value : List.of("local", "drop", "follow", "up")) {
            List<String> with = new ArrayList<>(plain);
            with.addAll(List.of("--env", value));
            assertThat(Cli.inPipe().run(with.toArray(String[]::new)))
                    .describedAs(with.toString())
                    .isEqualTo(new Cli.Run(plain.isEmpty() ? 0 : 2, expected, ""));
            with.add("--help");
            assertThat(Cli.inPipe().run(with.toArray(String[]::new)))
                    .describedAs(with.toString())
                    .isEqualTo(new Cli.Run(0, expected, ""));
        }
    }

    @Test
    void anOptionOfACommandTakesSuchAValueToo() {
        Cli.Run run = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:1")
                .run("--env", "prod", "drop", "seed", "--confirm", "drop");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--confirm names 'drop', but the table is seed");
    }
}
