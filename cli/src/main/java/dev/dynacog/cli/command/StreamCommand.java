package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        header = "Watch a table's changes, or keep conversations current by them.",
        subcommands = {StreamFollowCommand.class, StreamProjectCommand.class},
        footer = {"", "Examples:", "  dynacog stream follow", "  dynacog stream project"})
public final class StreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
