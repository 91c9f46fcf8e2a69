package dev.dynacog.cli.command.stream;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Watch changes to a table, or keep conversation lists up to date.",
        footer = {"", "Examples:", "  dynacog stream follow", "  dynacog stream project"})
public final class StreamCommand extends CommandGroup {}
