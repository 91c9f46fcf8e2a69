package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        header = "The users of the Cognito pool.",
        subcommands = CognitoListUsersCommand.class,
        footer = {
            "",
            "Examples:",
            "  dynacog cognito list-users",
            "  dynacog update-cognito-user-ids --dry-run     their subs into Postgres"
        })
public final class CognitoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
