package dev.dynacog.cli.command;

import picocli.CommandLine.Command;

@Command(
        header = "Watch a table's changes, or keep conversations current by them.",
        subcommands = {StreamFollowCommand.class, StreamProjectCommand.class},
        footer = {"", "Examples:", "  dynacog stream follow", "  dynacog stream project"})
public final class StreamCommand extends CommandGroup {}
