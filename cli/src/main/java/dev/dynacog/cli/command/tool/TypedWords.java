package dev.dynacog.cli.command.tool;

import dev.dynacog.config.Flags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A command line that somebody is still typing: its options' values, and its other words, whatever is wrong with it. */
final class TypedWords {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();

    /** @param root with the commands that the words name */
    TypedWords(List<String> words, CommandLine root) {
        CommandLine command = root;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            @Nullable OptionSpec option = command.getCommandSpec().optionsMap().get(name);
            if (option != null && option.arity().max() > 0) {
                if (equals >= 0) {
                    values.put(option.longestName(), word.substring(equals + 1));
                } else if (i + 1 < words.size()) {
                    values.put(option.longestName(), words.get(++i));
                }
            } else if (command.getSubcommands().containsKey(word) && arguments.isEmpty()) {
                command = command.getSubcommands().get(word);
            } else if (!word.startsWith("-")) {
                arguments.add(word);
            }
        }
    }

    Flags flags() {
        return new Flags(value("--env"), value("--endpoint-url"), value("--region"), value("--profile"));
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option)).filter(value -> !value.isEmpty());
    }

    /** What is neither a command nor of an option. */
    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
