package dev.dynacog.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * The words that completion scripts know, made of the commands: a line {@code path|word|values|kind|description} for each
 * command, option and argument. The global options have the path {@code *}.
 */
final class CompletionTable {
    /** What a value's label, or the option that takes it, says of the names that fit. */
    private static final Map<String, String> NAMES = Map.of(
            "--env", "@environments",
            "--region", "@regions",
            "--profile", "@profiles",
            "--zone", "@zones",
            "--index", "@indexes",
            "TABLE", "@tables",
            "HANDLE", "@handles",
            "FIXTURE", "@fixtures",
            "DIR", "folder",
            "FILE", "file");

    private final List<String> lines = new ArrayList<>();

    static String of(CommandLine root) {
        CompletionTable table = new CompletionTable();
        table.lines.add("|help|0|help|Show how to use a command.");
        root.getCommandSpec()
                .options()
                .forEach(option -> table.add(option.scopeType() == ScopeType.INHERIT ? "*" : "", option));
        table.collect("", root);
        return String.join("\n", table.lines) + "\n";
    }

    private void collect(String path, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (!path.isEmpty()) {
            spec.options().stream()
                    .filter(option -> !option.inherited() && !option.hidden())
                    .forEach(option -> add(path, option));
            spec.positionalParameters().forEach(parameter -> add(path, parameter));
        }
        command.getSubcommands().forEach((name, child) -> {
            if (!child.getCommandSpec().usageMessage().hidden()) {
                lines.add(path + "|" + name + "|0|command|"
                        + plain(child.getCommandSpec().usageMessage().header()));
                collect((path + " " + name).strip(), child);
            }
        });
    }

    private void add(String path, OptionSpec option) {
        int values =
                option.typeInfo().isBoolean() ? 0 : Math.max(1, option.arity().min());
        for (String name : option.names()) {
            lines.add(path + "|" + name + "|" + values + "|" + (values == 0 ? "flag" : kind(option)) + "|"
                    + description(option));
        }
    }

    private void add(String path, PositionalParamSpec parameter) {
        String place = parameter.typeInfo().isMultiValue()
                ? "*"
                : String.valueOf(parameter.index().min());
        lines.add(path + "|#" + place + "|1|" + kind(parameter) + "|" + description(parameter));
    }

    private static String kind(ArgSpec argument) {
        Class<?>[] types = argument.auxiliaryTypes();
        Class<?> type = types.length == 0 ? argument.type() : types[types.length - 1];
        if (type.isEnum()) {
            return "="
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(","));
        }
        String option = argument instanceof OptionSpec named ? named.longestName() : "";
        if (NAMES.containsKey(option)) {
            return NAMES.get(option);
        }
        if (NAMES.containsKey(argument.paramLabel())) {
            return NAMES.get(argument.paramLabel());
        }
        return type == Path.class || Set.of("-- CMD", "-- ARGS").contains(argument.paramLabel()) ? "file" : "text";
    }

    private static String description(ArgSpec argument) {
        String choices =
                kind(argument).startsWith("=") ? kind(argument).substring(1).replace(",", ", ") : "";
        return plain(String.join(" ", argument.description())
                .replace("${COMPLETION-CANDIDATES}", choices)
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                .replace("%n", " ")
                .replace("%%", "%"));
    }

    /** Between the quotes of three shells, and in one line. */
    private static String plain(String... text) {
        return String.join(" ", text)
                .replaceAll("\\s+", " ")
                .replace('|', '/')
                .replace('\'', '’')
                .replace("\\", "")
                .strip();
    }
}
