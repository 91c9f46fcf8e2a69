package dev.dynacog.cli;

import dev.dynacog.cli.render.Format;
import dev.dynacog.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in our own words: picocli's name indexes and types of Java.
 *
 * @param hint what to do about it
 */
record UsageMistake(String message, String hint) {
    /** What people type out of habit, and the command that does it here. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("ls", "list-tables"),
            Map.entry("list", "list-tables"),
            Map.entry("tables", "list-tables"),
            Map.entry("rm", "drop"),
            Map.entry("delete", "drop"),
            Map.entry("delete-table", "drop"),
            Map.entry("describe-table", "describe"),
            Map.entry("create-table", "schema-load"),
            Map.entry("cat", "scan"),
            Map.entry("dump", "scan"),
            Map.entry("users", "cognito list-users"),
            Map.entry("psql", "db connect"),
            Map.entry("start", "local up"),
            Map.entry("stop", "local down"),
            Map.entry("version", "--version"));

    private static final Map<String, String> OTHER_OPTIONS = Map.of(
            "--no-color", "--color never",
            "--utc", "--zone UTC",
            "--verbose", "--debug",
            "--format", "-o FORMAT",
            "--environment", "--env");

    /** How other tools are told not to ask. */
    private static final Set<String> UNASKED =
            Set.of("--yes", "-y", "--force", "-f", "--assume-yes", "--no-confirm", "--auto-approve", "--no-input");

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    static UsageMistake of(ParameterException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String help = command.qualifiedName() + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command, help);
        }
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return new UsageMistake(missing(missing, missing.getMissing().get(0)), help);
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return new UsageMistake(name(twice.getOverwritten()) + " can be given only once", help);
        }
        @Nullable ArgSpec argument = failure.getArgSpec();
        @Nullable String value = failure.getValue();
        if (argument != null && value != null) {
            return new UsageMistake(invalid(argument, value, failure), help);
        }
        return new UsageMistake(firstLine(failure), help);
    }

    private static UsageMistake unmatched(String argument, CommandSpec command, String help) {
        return argument.startsWith("-") && argument.length() > 1
                ? unknownOption(argument, command, help)
                : unknownWord(argument, command, help);
    }

    private static UsageMistake unknownOption(String argument, CommandSpec command, String help) {
        int equals = argument.indexOf('=');
        String option = equals < 0 ? argument : argument.substring(0, equals);
        List<String> known = command.optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--"))
                .toList();
        return new UsageMistake("unknown option " + option, optionMeant(option, command, known, help));
    }

    private static String optionMeant(String option, CommandSpec command, List<String> known, String help) {
        for (Format format : Format.values()) {
            if (option.equals("--" + format)) {
                return "for that format: -o " + format;
            }
        }
        if (OTHER_OPTIONS.containsKey(option)) {
            return "use " + OTHER_OPTIONS.get(option);
        }
        if (UNASKED.contains(option)) {
            return known.contains("--confirm")
                    ? "only guarded environments ask; there, pass --confirm NAME with the name that the prompt asks for"
                    : "this command doesn't ask: leave " + option + " out";
        }
        if (command.positionalParameters().stream()
                .anyMatch(it -> it.paramLabel().startsWith("-- "))) {
            return "options of the other program go after --: " + command.qualifiedName() + " -- " + option;
        }
        String other = ownerOf(option, command);
        return (option.startsWith("--") ? Nearest.hint(option, known) : "") + (other.isEmpty() ? help : other);
    }

    /** Where an option stands before its command: it belongs behind it. */
    private static String ownerOf(String option, CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(child -> child.getValue().getCommandSpec().optionsMap().containsKey(option))
                .map(child -> option + " is an option of " + command.qualifiedName() + " " + child.getKey()
                        + ": give it after the command's name")
                .findFirst()
                .orElse("");
    }

    private static UsageMistake unknownWord(String word, CommandSpec command, String help) {
        if (word.isEmpty()) {
            return new UsageMistake("an argument is empty", "is a variable in it not set? " + help);
        }
        if (command.subcommands().isEmpty()) {
            long taken = command.positionalParameters().size();
            return new UsageMistake(
                    "unexpected argument '" + word + "'",
                    (taken == 0 ? "this command takes options alone: " : "") + help);
        }
        String owner = command.qualifiedName();
        boolean top = command.parent() == null;
        String message = "unknown command '" + word + "'" + (top ? "" : " of " + owner);
        String other = top ? OTHER_NAMES.getOrDefault(word.toLowerCase(Locale.ROOT), "") : "";
        if (!other.isEmpty()) {
            return new UsageMistake(message, "use " + owner + " " + other);
        }
        List<String> elsewhere = elsewhere(word, command.root().commandLine());
        if (!elsewhere.isEmpty()) {
            return new UsageMistake(message, "did you mean " + String.join(" or ", elsewhere) + "?");
        }
        return new UsageMistake(
                message, Nearest.hint(word, command.subcommands().keySet()) + help);
    }

    /** Commands of that name in other groups. */
    private static List<String> elsewhere(String word, CommandLine root) {
        List<String> found = new ArrayList<>();
        root.getSubcommands().values().stream()
                .flatMap(child -> Stream.concat(Stream.of(child), child.getSubcommands().values().stream()))
                .map(CommandLine::getCommandSpec)
                .filter(spec -> spec.name().equals(word))
                .forEach(spec -> found.add(spec.qualifiedName()));
        return found;
    }

    private static String missing(MissingParameterException failure, ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            boolean given = String.valueOf(failure.getMessage()).startsWith("Missing required option");
            if (given) {
                return "missing option " + option.longestName() + " " + option.paramLabel();
            }
            return option.arity().min() > 1
                    ? option.longestName() + " takes " + option.arity().min() + " values"
                    : option.longestName() + " needs a value: " + option.paramLabel();
        }
        return "missing argument " + argument.paramLabel();
    }

    private static String invalid(ArgSpec argument, String value, ParameterException failure) {
        if (argument.typeInfo().isBoolean()) {
            return name(argument) + " takes no value";
        }
        String shown = "invalid value '" + value + "' for " + name(argument) + ": ";
        if (argument.typeInfo().isMap()) {
            return shown + "expected " + argument.paramLabel();
        }
        Class<?> type = argument.auxiliaryTypes().length == 0
                ? argument.type()
                : argument.auxiliaryTypes()[argument.auxiliaryTypes().length - 1];
        if (WHOLE.contains(type)) {
            return shown + (value.matches("[-+]?\\d+") ? "the number is too large" : "expected a whole number");
        }
        if (type == Double.class || type == double.class) {
            return shown + "expected a number";
        }
        if (type.isEnum()) {
            return shown + "expected " + choices(type);
        }
        return failure.getCause() instanceof TypeConversionException told
                ? shown + firstLine(told)
                : "invalid value '" + value + "' for " + name(argument);
    }

    private static String choices(Class<?> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
