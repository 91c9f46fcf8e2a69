package dev.dynacog.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command or a group under the name it is called by.
 *
 * @param hidden whether help leaves it out: other programs call it
 */
public record CommandEntry(String name, CommandSource source, List<CommandEntry> children, boolean hidden) {
    public static CommandEntry command(String name, CommandSource source) {
        return new CommandEntry(name, source, List.of(), false);
    }

    public static CommandEntry hidden(String name, CommandSource source) {
        return new CommandEntry(name, source, List.of(), true);
    }

    public static CommandEntry group(String name, CommandSource source, CommandEntry... children) {
        return new CommandEntry(name, source, List.of(children), false);
    }

    CommandSpec create(Session session) {
        CommandSpec spec = source.create(session);
        spec.usageMessage().hidden(hidden);
        return spec;
    }
}
