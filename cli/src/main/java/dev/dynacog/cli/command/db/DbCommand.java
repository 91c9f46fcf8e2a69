package dev.dynacog.cli.command.db;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "The Postgres of the environment: make it, fill it, change it, look at it.",
        footer = {
            "",
            "Examples:",
            "  dynacog db setup                 everything from nothing",
            "  dynacog db migrate --status",
            "  dynacog --env prod db sessions"
        })
public final class DbCommand extends CommandGroup {}
