package dev.dynacog.cli.command.stream;

import static dev.dynacog.cli.CommandEntry.command;
import static dev.dynacog.cli.CommandEntry.group;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class StreamCommands {
    private StreamCommands() {}

    public static List<CommandEntry> all() {
        return List.of(group(
                "stream",
                new StreamCommandArguments(),
                command("follow", new StreamFollowCommandArguments()),
                command("project", new StreamProjectCommandArguments())));
    }
}
