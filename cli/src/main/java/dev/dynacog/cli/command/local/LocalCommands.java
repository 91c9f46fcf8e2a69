package dev.dynacog.cli.command.local;

import static dev.dynacog.cli.CommandEntry.command;
import static dev.dynacog.cli.CommandEntry.group;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class LocalCommands {
    private LocalCommands() {}

    public static List<CommandEntry> all() {
        return List.of(group(
                "local",
                new LocalCommandArguments(),
                command("up", new LocalUpCommandArguments()),
                command("down", new LocalDownCommandArguments()),
                command("status", new LocalStatusCommandArguments()),
                command("env", new LocalEnvCommandArguments()),
                command("run", new LocalRunCommandArguments()),
                command("logs", new LocalLogsCommandArguments())));
    }
}
