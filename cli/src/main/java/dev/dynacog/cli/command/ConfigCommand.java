package dev.dynacog.cli.command;

import picocli.CommandLine.Command;

@Command(
        header = "Show the settings, and allow those of a repository.",
        footer = {"", "Examples:", "  dynacog config show"})
public final class ConfigCommand extends CommandGroup {}
