package dev.dynacog.cli.command.db;

import static dev.dynacog.cli.CommandEntry.command;
import static dev.dynacog.cli.CommandEntry.group;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class DbCommands {
    private DbCommands() {}

    public static List<CommandEntry> all() {
        return List.of(group(
                "db",
                new DbCommandArguments(),
                command("setup", new DbSetupCommandArguments()),
                command("create", new DbCreateCommandArguments()),
                command("drop", new DbDropCommandArguments()),
                command("schema-load", new DbSchemaLoadCommandArguments()),
                command("seed", new DbSeedCommandArguments()),
                command("migrate", new DbMigrateCommandArguments()),
                command("rollback", new DbRollbackCommandArguments()),
                command("sessions", new DbSessionsCommandArguments()),
                command("connect", new DbConnectCommandArguments())));
    }
}
