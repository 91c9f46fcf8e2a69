package dev.dynacog.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's page in section 1, as roff with the macros of man(7). */
final class ManualPage {
    private final CommandLine command;
    private final CommandSpec spec;
    private final boolean top;
    private final StringBuilder roff = new StringBuilder();

    ManualPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
        this.top = spec.parent() == null;
    }

    /** Such as dynacog-local-up. */
    String name() {
        return spec.qualifiedName("-");
    }

    /**
     * @param date of the build, so that the same sources make the same page
     */
    String roff(String date, String version) {
        request(".TH " + text(name().toUpperCase(Locale.ROOT)) + " 1 " + date + " \"dynacog " + version + "\"");
        request(".SH NAME");
        line(name() + " - " + withoutDot(String.join(" ", spec.usageMessage().header())));
        synopsis();
        section("DESCRIPTION", spec.usageMessage().description());
        commands();
        arguments();
        options();
        if (top) {
            exitStatus();
        }
        examples();
        request(".SH SEE ALSO");
        line(related());
        return roff.toString();
    }

    private void synopsis() {
        request(".SH SYNOPSIS");
        request(".B " + text(spec.qualifiedName()));
        String arguments = spec.positionalParameters().stream()
                .map(argument -> argument.required() ? argument.paramLabel() : "[" + argument.paramLabel() + "]")
                .collect(Collectors.joining(" "));
        line("[OPTIONS] " + (children().isEmpty() ? arguments : "COMMAND"));
    }

    private void section(String title, String... lines) {
        if (lines.length > 0) {
            request(".SH " + title);
            line(String.join(" ", lines));
        }
    }

    private List<CommandLine> children() {
        return command.getSubcommands().values().stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private void commands() {
        if (!children().isEmpty()) {
            request(".SH COMMANDS");
            for (CommandLine child : children()) {
                entry(
                        "\\fB" + text(child.getCommandName()) + "\\fR",
                        child.getCommandSpec().usageMessage().header());
            }
        }
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = spec.positionalParameters();
        if (!arguments.isEmpty()) {
            request(".SH ARGUMENTS");
            arguments.forEach(argument -> entry("\\fI" + text(argument.paramLabel()) + "\\fR", description(argument)));
        }
    }

    private void options() {
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> !option.hidden() && (top || !option.inherited()))
                .toList();
        request(".SH OPTIONS");
        own.forEach(option -> entry(label(option), description(option)));
        if (!top) {
            if (!own.isEmpty()) {
                request(".PP");
            }
            line("The options of dynacog(1) too, such as --env, --output and --query.");
        }
    }

    private static String label(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> "\\fB" + text(name) + "\\fR")
                .collect(Collectors.joining(", "));
        return option.typeInfo().isBoolean() ? names : names + " \\fI" + text(option.paramLabel()) + "\\fR";
    }

    private static String[] description(ArgSpec argument) {
        Class<?>[] types = argument.auxiliaryTypes();
        Class<?> type = types.length == 0 ? argument.type() : types[types.length - 1];
        String choices = !type.isEnum()
                ? ""
                : Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
        return Stream.of(argument.description())
                .map(line -> line.replace("${COMPLETION-CANDIDATES}", choices)
                        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                        .replace("%n", " ")
                        .replace("%%", "%"))
                .toArray(String[]::new);
    }

    private void exitStatus() {
        request(".SH EXIT STATUS");
        entry("0", "done");
        entry("1", "failed or incomplete");
        entry("2", "usage error or unconfirmed guarded write");
        entry("3", "not found");
        entry("4", "credentials or access");
        entry("5", "unreachable or timed out");
        entry("6", "differences found");
        entry("130", "interrupted");
        entry("141", "the reader of the output has gone");
    }

    private void examples() {
        List<String> lines = Arrays.stream(spec.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(line -> line.substring(2))
                .toList();
        if (!lines.isEmpty()) {
            request(".SH EXAMPLES");
            request(".nf");
            lines.forEach(this::line);
            request(".fi");
        }
    }

    private String related() {
        List<String> pages = new ArrayList<>();
        if (!top) {
            pages.add(spec.parent().qualifiedName("-") + "(1)");
        }
        children().forEach(child -> pages.add(child.getCommandSpec().qualifiedName("-") + "(1)"));
        return String.join(", ", pages);
    }

    private void entry(String label, String... description) {
        request(".TP");
        request(label);
        line(String.join(" ", description));
    }

    private void request(String line) {
        roff.append(line).append('\n');
    }

    private void line(String line) {
        String text = text(line.strip());
        // What begins with one of these would be a request.
        roff.append(text.startsWith(".") || text.startsWith("'") ? "\\&" : "")
                .append(text)
                .append('\n');
    }

    private static String text(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga");
    }

    private static String withoutDot(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
