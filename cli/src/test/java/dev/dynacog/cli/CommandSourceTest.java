package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What is generated from a command's annotations is what picocli itself would have read in them. */
class CommandSourceTest {
    static Stream<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(Dynacog.wholeTree(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<CommandSpec> into) {
        into.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(child -> collect(child, into));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatTheAnnotationsSay(CommandSpec generated) {
        CommandSpec read = CommandSpec.forAnnotatedObject(generated.userObject());

        assertThat(described(generated.usageMessage())).isEqualTo(described(read.usageMessage()));
        assertThat(generated.versionProvider() == null).isEqualTo(read.versionProvider() == null);
        assertThat(generated.mixins().keySet()).isEqualTo(read.mixins().keySet());
        assertThat(own(generated)).isEqualTo(own(read));
    }

    private static List<String> described(CommandLine.Model.UsageMessageSpec usage) {
        return List.of(
                Arrays.toString(usage.header()),
                Arrays.toString(usage.description()),
                Arrays.toString(usage.footer()),
                String.valueOf(usage.synopsisSubcommandLabel()));
    }

    private static List<String> own(CommandSpec command) {
        return command.args().stream()
                .filter(argument -> !argument.inherited())
                .map(CommandSourceTest::described)
                .toList();
    }

    private static String described(ArgSpec argument) {
        List<Object> all = new ArrayList<>();
        if (argument instanceof OptionSpec option) {
            all.addAll(List.of(option.names()));
            all.addAll(List.of(option.usageHelp(), option.versionHelp(), option.order()));
        }
        if (argument instanceof PositionalParamSpec parameter) {
            all.add(parameter.index());
        }
        all.addAll(List.of(
                Arrays.toString(argument.description()),
                argument.paramLabel(),
                argument.arity(),
                argument.arity().isUnspecified(),
                argument.required(),
                argument.hidden(),
                argument.splitRegex(),
                argument.scopeType(),
                String.valueOf(argument.defaultValue()),
                argument.type(),
                Arrays.toString(argument.auxiliaryTypes()),
                String.valueOf(argument.completionCandidates()),
                argument.hasInitialValue(),
                Objects.toString(argument.initialValue()),
                argument.interactive()));
        return all.toString();
    }
}
