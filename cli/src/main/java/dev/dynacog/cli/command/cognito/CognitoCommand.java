package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "The users of the Cognito pool.",
        footer = {
            "",
            "Examples:",
            "  dynacog cognito list-users",
            "  dynacog update-cognito-user-ids --dry-run     their subs into Postgres"
        })
public final class CognitoCommand extends CommandGroup {}
