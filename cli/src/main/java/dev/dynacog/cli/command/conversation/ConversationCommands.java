package dev.dynacog.cli.command.conversation;

import static dev.dynacog.cli.CommandEntry.command;

import dev.dynacog.cli.CommandEntry;
import java.util.List;

/** The commands of this package, in the order in which help lists them. */
public final class ConversationCommands {
    private ConversationCommands() {}

    public static List<CommandEntry> all() {
        return List.of(
                command("seed", new SeedCommandArguments()),
                command("list-conversations", new ListConversationsCommandArguments()),
                command("get-conversation", new GetConversationCommandArguments()),
                command("send-message", new SendMessageCommandArguments()));
    }
}
