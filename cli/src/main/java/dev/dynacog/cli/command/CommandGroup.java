package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: called alone, it shows which commands it has. */
public abstract class CommandGroup implements Callable<Integer> {
    @Spec
    public CommandSpec spec;

    @Override
    public final Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
