package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "List the users of the Cognito user pool.",
        footer = {
            "",
            "Examples:",
            "  dynacog cognito list-users",
            "  dynacog update-cognito-user-ids --dry-run     copy their subs into Postgres"
        })
public final class CognitoCommand extends CommandGroup {}
