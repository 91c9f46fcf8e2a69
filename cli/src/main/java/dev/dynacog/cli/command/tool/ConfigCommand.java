package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Show the settings, and allow those of a repository.",
        footer = {"", "Examples:", "  dynacog config show"})
public final class ConfigCommand extends CommandGroup {}
