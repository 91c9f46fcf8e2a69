package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        header = "DynamoDB, Postgres and Cognito on this machine, without Docker.",
        subcommands = {
            LocalUpCommand.class,
            LocalDownCommand.class,
            LocalStatusCommand.class,
            LocalRunCommand.class,
            LocalLogsCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  dynacog local up --seed",
            "  dynacog local run -- npm test",
            "  dynacog local down"
        })
public final class LocalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
