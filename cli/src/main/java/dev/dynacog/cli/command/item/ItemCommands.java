package dev.dynacog.cli.command.item;

import static dev.dynacog.cli.CommandEntry.command;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class ItemCommands {
    private ItemCommands() {}

    public static List<CommandEntry> all() {
        return List.of(command("scan", new ScanCommandArguments()));
    }
}
