package dev.dynacog.cli.command.table;

import static dev.dynacog.cli.CommandEntry.command;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class TableCommands {
    private TableCommands() {}

    public static List<CommandEntry> all() {
        return List.of(
                command("schema-load", new SchemaLoadCommandArguments()),
                command("list-tables", new ListTablesCommandArguments()),
                command("describe", new DescribeCommandArguments()),
                command("drop", new DropCommandArguments()));
    }
}
