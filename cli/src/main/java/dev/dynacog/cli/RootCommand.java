package dev.dynacog.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dynacog",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Admin toolkit for apps on DynamoDB, Cognito and Postgres.",
        footer = {
            "",
            "Examples:",
            "  dynacog local up --seed            start the local stack with sample data",
            "  dynacog list-tables                list the tables",
            "  dynacog --env prod list-tables     list the production tables",
            "  dynacog help scan                  show the help of a command"
        })
@SuppressWarnings("UnusedVariable") // picocli reads the fields
final class RootCommand implements Callable<Integer> {
    @Mixin
    final GlobalOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Spec
    CommandSpec spec;

    RootCommand(GlobalOptions options) {
        this.options = options;
    }

    /** Without a command, help is what somebody needs who types just the name. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
