package dev.dynacog.cli;

import dev.dynacog.cli.command.cognito.CognitoCommands;
import dev.dynacog.cli.command.conversation.ConversationCommands;
import dev.dynacog.cli.command.db.DbCommands;
import dev.dynacog.cli.command.item.ItemCommands;
import dev.dynacog.cli.command.local.LocalCommands;
import dev.dynacog.cli.command.stream.StreamCommands;
import dev.dynacog.cli.command.table.TableCommands;
import dev.dynacog.cli.command.tool.ToolCommands;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name, in the order in which help lists them: noun by noun, each noun's package lists its own. */
final class Commands {
    private final List<CommandEntry> all = Stream.of(
                    LocalCommands.all(),
                    ConversationCommands.all(),
                    StreamCommands.all(),
                    TableCommands.all(),
                    ItemCommands.all(),
                    DbCommands.all(),
                    CognitoCommands.all(),
                    ToolCommands.all())
            .flatMap(List::stream)
            .toList();

    private final Session session;

    Commands(Session session) {
        this.session = session;
    }

    /** Of the commands and groups at the top. */
    Set<String> names() {
        return all.stream().map(CommandEntry::name).collect(Collectors.toSet());
    }

    /**
     * Adds those that the arguments may mean: making all of them takes longer than running one. Where the arguments name
     * none, help may be wanted, which shows of each the name and the first line.
     */
    void addTo(CommandLine root, Collection<String> arguments) {
        addTo(root, all, arguments);
    }

    private void addTo(CommandLine parent, List<CommandEntry> entries, Collection<String> arguments) {
        List<CommandEntry> named =
                entries.stream().filter(it -> arguments.contains(it.name())).toList();
        for (CommandEntry entry : named) {
            CommandLine command = new CommandLine(entry.create(session));
            addTo(command, entry.children(), arguments);
            parent.addSubcommand(entry.name(), command);
        }
        if (named.isEmpty()) {
            entries.forEach(entry -> parent.addSubcommand(entry.name(), titleOf(entry)));
        }
    }

    private static CommandSpec titleOf(CommandEntry entry) {
        CommandSpec title = CommandSpec.create();
        title.usageMessage().header(entry.source().header()).hidden(entry.hidden());
        return title;
    }

    /** Makes every command known, for suggestions and completion. */
    void addAllTo(CommandLine root) {
        addAllTo(root, all);
    }

    private void addAllTo(CommandLine parent, List<CommandEntry> entries) {
        for (CommandEntry entry : entries) {
            CommandLine known = parent.getSubcommands().get(entry.name());
            if (known == null || known.getCommandSpec().userObject() == null) {
                if (known != null) {
                    parent.getCommandSpec().removeSubcommand(entry.name());
                }
                known = new CommandLine(entry.create(session));
                parent.addSubcommand(entry.name(), known);
            }
            addAllTo(known, entry.children());
        }
    }
}
