package dev.dynacog.cli.command.cognito;

import static dev.dynacog.cli.CommandEntry.command;
import static dev.dynacog.cli.CommandEntry.group;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class CognitoCommands {
    private CognitoCommands() {}

    public static List<CommandEntry> all() {
        return List.of(
                group(
                        "cognito",
                        new CognitoCommandArguments(),
                        command("list-users", new CognitoListUsersCommandArguments())),
                command("update-cognito-user-ids", new UpdateCognitoUserIdsCommandArguments()));
    }
}
