package dev.dynacog.cli.command;

import picocli.CommandLine.Command;

@Command(
        header = "The Postgres of the environment: make it, fill it, change it, look at it.",
        subcommands = {
            DbSetupCommand.class,
            DbCreateCommand.class,
            DbDropCommand.class,
            DbSchemaLoadCommand.class,
            DbSeedCommand.class,
            DbMigrateCommand.class,
            DbRollbackCommand.class,
            DbSessionsCommand.class,
            DbConnectCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db setup                 everything from nothing",
            "  dynacog db migrate --status",
            "  dynacog --env prod db sessions"
        })
public final class DbCommand extends CommandGroup {}
