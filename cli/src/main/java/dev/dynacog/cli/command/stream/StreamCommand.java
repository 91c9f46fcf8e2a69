package dev.dynacog.cli.command.stream;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Watch a table's changes, or keep conversations current by them.",
        footer = {"", "Examples:", "  dynacog stream follow", "  dynacog stream project"})
public final class StreamCommand extends CommandGroup {}
