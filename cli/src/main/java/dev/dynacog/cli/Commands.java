package dev.dynacog.cli;

import dev.dynacog.cli.command.CognitoCommand;
import dev.dynacog.cli.command.CompletionCommand;
import dev.dynacog.cli.command.ConfigCommand;
import dev.dynacog.cli.command.DbCommand;
import dev.dynacog.cli.command.DescribeCommand;
import dev.dynacog.cli.command.DoctorCommand;
import dev.dynacog.cli.command.DropCommand;
import dev.dynacog.cli.command.GetConversationCommand;
import dev.dynacog.cli.command.ListConversationsCommand;
import dev.dynacog.cli.command.ListTablesCommand;
import dev.dynacog.cli.command.LocalCommand;
import dev.dynacog.cli.command.ScanCommand;
import dev.dynacog.cli.command.SchemaLoadCommand;
import dev.dynacog.cli.command.SeedCommand;
import dev.dynacog.cli.command.SendMessageCommand;
import dev.dynacog.cli.command.StreamCommand;
import dev.dynacog.cli.command.UpdateCognitoUserIdsCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The commands by name, in the order in which help lists them. A new command is added here. */
final class Commands {
    private final Map<String, Class<?>> byName = new LinkedHashMap<>();

    Commands() {
        byName.put("local", LocalCommand.class);
        byName.put("seed", SeedCommand.class);
        byName.put("list-conversations", ListConversationsCommand.class);
        byName.put("get-conversation", GetConversationCommand.class);
        byName.put("send-message", SendMessageCommand.class);
        byName.put("stream", StreamCommand.class);
        byName.put("schema-load", SchemaLoadCommand.class);
        byName.put("list-tables", ListTablesCommand.class);
        byName.put("describe", DescribeCommand.class);
        byName.put("scan", ScanCommand.class);
        byName.put("drop", DropCommand.class);
        byName.put("db", DbCommand.class);
        byName.put("cognito", CognitoCommand.class);
        byName.put("update-cognito-user-ids", UpdateCognitoUserIdsCommand.class);
        byName.put("doctor", DoctorCommand.class);
        byName.put("config", ConfigCommand.class);
        byName.put("completion", CompletionCommand.class);
    }

    /**
     * Adds those that the arguments may mean: reading the annotations of all of them takes longer than running one. When
     * the arguments name none, all are added, for help and for suggestions.
     */
    void addTo(CommandLine root, List<String> arguments) {
        boolean any = false;
        for (var command : byName.entrySet()) {
            if (arguments.contains(command.getKey())) {
                root.addSubcommand(command.getKey(), command.getValue());
                any = true;
            }
        }
        if (!any) {
            addAllTo(root);
        }
    }

    /** Adds every command, for help and completion. */
    void addAllTo(CommandLine root) {
        byName.forEach((name, type) -> {
            if (!root.getSubcommands().containsKey(name)) {
                root.addSubcommand(name, type);
            }
        });
    }
}
