package dev.dynacog.cli.command.tool;

import static dev.dynacog.cli.CommandEntry.command;
import static dev.dynacog.cli.CommandEntry.group;
import static dev.dynacog.cli.CommandEntry.hidden;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class ToolCommands {
    private ToolCommands() {}

    public static List<CommandEntry> all() {
        return List.of(
                command("doctor", new DoctorCommandArguments()),
                group(
                        "config",
                        new ConfigCommandArguments(),
                        command("show", new ConfigShowCommandArguments()),
                        command("trust", new ConfigTrustCommandArguments())),
                command("completion", new CompletionCommandArguments()),
                hidden("complete", new CompleteCommandArguments()));
    }
}
