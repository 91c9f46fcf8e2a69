package dev.dynacog.cli;

import dev.dynacog.cli.command.CognitoCommandArguments;
import dev.dynacog.cli.command.CognitoListUsersCommandArguments;
import dev.dynacog.cli.command.CompleteCommandArguments;
import dev.dynacog.cli.command.CompletionCommandArguments;
import dev.dynacog.cli.command.ConfigCommandArguments;
import dev.dynacog.cli.command.ConfigShowCommandArguments;
import dev.dynacog.cli.command.ConfigTrustCommandArguments;
import dev.dynacog.cli.command.DbCommandArguments;
import dev.dynacog.cli.command.DbConnectCommandArguments;
import dev.dynacog.cli.command.DbCreateCommandArguments;
import dev.dynacog.cli.command.DbDropCommandArguments;
import dev.dynacog.cli.command.DbMigrateCommandArguments;
import dev.dynacog.cli.command.DbRollbackCommandArguments;
import dev.dynacog.cli.command.DbSchemaLoadCommandArguments;
import dev.dynacog.cli.command.DbSeedCommandArguments;
import dev.dynacog.cli.command.DbSessionsCommandArguments;
import dev.dynacog.cli.command.DbSetupCommandArguments;
import dev.dynacog.cli.command.DescribeCommandArguments;
import dev.dynacog.cli.command.DoctorCommandArguments;
import dev.dynacog.cli.command.DropCommandArguments;
import dev.dynacog.cli.command.GetConversationCommandArguments;
import dev.dynacog.cli.command.ListConversationsCommandArguments;
import dev.dynacog.cli.command.ListTablesCommandArguments;
import dev.dynacog.cli.command.LocalCommandArguments;
import dev.dynacog.cli.command.LocalDownCommandArguments;
import dev.dynacog.cli.command.LocalEnvCommandArguments;
import dev.dynacog.cli.command.LocalLogsCommandArguments;
import dev.dynacog.cli.command.LocalRunCommandArguments;
import dev.dynacog.cli.command.LocalStatusCommandArguments;
import dev.dynacog.cli.command.LocalUpCommandArguments;
import dev.dynacog.cli.command.ScanCommandArguments;
import dev.dynacog.cli.command.SchemaLoadCommandArguments;
import dev.dynacog.cli.command.SeedCommandArguments;
import dev.dynacog.cli.command.SendMessageCommandArguments;
import dev.dynacog.cli.command.StreamCommandArguments;
import dev.dynacog.cli.command.StreamFollowCommandArguments;
import dev.dynacog.cli.command.StreamProjectCommandArguments;
import dev.dynacog.cli.command.UpdateCognitoUserIdsCommandArguments;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name, in the order in which help lists them. A new command is added here. */
final class Commands {
    /** @param hidden whether help leaves it out: other programs call it */
    private record Entry(String name, CommandSource source, List<Entry> children, boolean hidden) {
        CommandSpec create(Session session) {
            CommandSpec spec = source.create(session);
            spec.usageMessage().hidden(hidden);
            return spec;
        }
    }

    private final List<Entry> all = List.of(
            group(
                    "local",
                    new LocalCommandArguments(),
                    command("up", new LocalUpCommandArguments()),
                    command("down", new LocalDownCommandArguments()),
                    command("status", new LocalStatusCommandArguments()),
                    command("env", new LocalEnvCommandArguments()),
                    command("run", new LocalRunCommandArguments()),
                    command("logs", new LocalLogsCommandArguments())),
            command("seed", new SeedCommandArguments()),
            command("list-conversations", new ListConversationsCommandArguments()),
            command("get-conversation", new GetConversationCommandArguments()),
            command("send-message", new SendMessageCommandArguments()),
            group(
                    "stream",
                    new StreamCommandArguments(),
                    command("follow", new StreamFollowCommandArguments()),
                    command("project", new StreamProjectCommandArguments())),
            command("schema-load", new SchemaLoadCommandArguments()),
            command("list-tables", new ListTablesCommandArguments()),
            command("describe", new DescribeCommandArguments()),
            command("scan", new ScanCommandArguments()),
            command("drop", new DropCommandArguments()),
            group(
                    "db",
                    new DbCommandArguments(),
                    command("setup", new DbSetupCommandArguments()),
                    command("create", new DbCreateCommandArguments()),
                    command("drop", new DbDropCommandArguments()),
                    command("schema-load", new DbSchemaLoadCommandArguments()),
                    command("seed", new DbSeedCommandArguments()),
                    command("migrate", new DbMigrateCommandArguments()),
                    command("rollback", new DbRollbackCommandArguments()),
                    command("sessions", new DbSessionsCommandArguments()),
                    command("connect", new DbConnectCommandArguments())),
            group(
                    "cognito",
                    new CognitoCommandArguments(),
                    command("list-users", new CognitoListUsersCommandArguments())),
            command("update-cognito-user-ids", new UpdateCognitoUserIdsCommandArguments()),
            command("doctor", new DoctorCommandArguments()),
            group(
                    "config",
                    new ConfigCommandArguments(),
                    command("show", new ConfigShowCommandArguments()),
                    command("trust", new ConfigTrustCommandArguments())),
            command("completion", new CompletionCommandArguments()),
            hidden("complete", new CompleteCommandArguments()));

    private final Session session;

    Commands(Session session) {
        this.session = session;
    }

    /** Of the commands and groups at the top. */
    Set<String> names() {
        return all.stream().map(Entry::name).collect(Collectors.toSet());
    }

    private static Entry command(String name, CommandSource source) {
        return new Entry(name, source, List.of(), false);
    }

    private static Entry hidden(String name, CommandSource source) {
        return new Entry(name, source, List.of(), true);
    }

    private static Entry group(String name, CommandSource source, Entry... children) {
        return new Entry(name, source, List.of(children), false);
    }

    /**
     * Adds those that the arguments may mean: making all of them takes longer than running one. Where the arguments name
     * none, help may be wanted, which shows of each the name and the first line.
     */
    void addTo(CommandLine root, Collection<String> arguments) {
        addTo(root, all, arguments);
    }

    private void addTo(CommandLine parent, List<Entry> entries, Collection<String> arguments) {
        List<Entry> named =
                entries.stream().filter(it -> arguments.contains(it.name())).toList();
        for (Entry entry : named) {
            CommandLine command = new CommandLine(entry.create(session));
            addTo(command, entry.children(), arguments);
            parent.addSubcommand(entry.name(), command);
        }
        if (named.isEmpty()) {
            entries.forEach(entry -> parent.addSubcommand(entry.name(), titleOf(entry)));
        }
    }

    private static CommandSpec titleOf(Entry entry) {
        CommandSpec title = CommandSpec.create();
        title.usageMessage().header(entry.source().header()).hidden(entry.hidden());
        return title;
    }

    /** Makes every command known, for suggestions and completion. */
    void addAllTo(CommandLine root) {
        addAllTo(root, all);
    }

    private void addAllTo(CommandLine parent, List<Entry> entries) {
        for (Entry entry : entries) {
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
