package dev.dynacog.cli.command.db;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Create, load, migrate and inspect the Postgres database.",
        footer = {
            "",
            "Examples:",
            "  dynacog db setup                 rebuild everything",
            "  dynacog db migrate --status",
            "  dynacog --env prod db sessions"
        })
public final class DbCommand extends CommandGroup {}
