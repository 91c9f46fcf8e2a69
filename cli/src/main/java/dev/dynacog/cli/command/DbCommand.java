package dev.dynacog.cli.command;

import dev.dynacog.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        header = "The Postgres of the environment: make it, fill it, change it, look at it.",
        subcommands = {
            DbSetupCommand.class,
            DbCreateCommand.class,
            DbDropCommand.class,
            DbSchemaLoadCommand.class,
            DbSeedCommand.class,
            DbMigrateCommand.class,
            DbRollbackCommand.class,
            DbSessionsCommand.class,
            DbConnectCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db setup                 everything from nothing",
            "  dynacog db migrate --status",
            "  dynacog --env prod db sessions"
        })
public final class DbCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
