package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Show settings, or trust a project's dynacog.yaml.",
        footer = {"", "Examples:", "  dynacog config show"})
public final class ConfigCommand extends CommandGroup {}
