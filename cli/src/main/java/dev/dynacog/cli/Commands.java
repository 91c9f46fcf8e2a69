package dev.dynacog.cli;

import dev.dynacog.cli.command.CognitoCommand;
import dev.dynacog.cli.command.CognitoListUsersCommand;
import dev.dynacog.cli.command.CompletionCommand;
import dev.dynacog.cli.command.ConfigCommand;
import dev.dynacog.cli.command.ConfigShowCommand;
import dev.dynacog.cli.command.DbCommand;
import dev.dynacog.cli.command.DbConnectCommand;
import dev.dynacog.cli.command.DbCreateCommand;
import dev.dynacog.cli.command.DbDropCommand;
import dev.dynacog.cli.command.DbMigrateCommand;
import dev.dynacog.cli.command.DbRollbackCommand;
import dev.dynacog.cli.command.DbSchemaLoadCommand;
import dev.dynacog.cli.command.DbSeedCommand;
import dev.dynacog.cli.command.DbSessionsCommand;
import dev.dynacog.cli.command.DbSetupCommand;
import dev.dynacog.cli.command.DescribeCommand;
import dev.dynacog.cli.command.DoctorCommand;
import dev.dynacog.cli.command.DropCommand;
import dev.dynacog.cli.command.GetConversationCommand;
import dev.dynacog.cli.command.ListConversationsCommand;
import dev.dynacog.cli.command.ListTablesCommand;
import dev.dynacog.cli.command.LocalCommand;
import dev.dynacog.cli.command.LocalDownCommand;
import dev.dynacog.cli.command.LocalLogsCommand;
import dev.dynacog.cli.command.LocalRunCommand;
import dev.dynacog.cli.command.LocalStatusCommand;
import dev.dynacog.cli.command.LocalUpCommand;
import dev.dynacog.cli.command.ScanCommand;
import dev.dynacog.cli.command.SchemaLoadCommand;
import dev.dynacog.cli.command.SeedCommand;
import dev.dynacog.cli.command.SendMessageCommand;
import dev.dynacog.cli.command.StreamCommand;
import dev.dynacog.cli.command.StreamFollowCommand;
import dev.dynacog.cli.command.StreamProjectCommand;
import dev.dynacog.cli.command.UpdateCognitoUserIdsCommand;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name, in the order in which help lists them. A new command is added here. */
final class Commands {
    private record Entry(String name, Class<?> type, List<Entry> children) {}

    private final List<Entry> all = List.of(
            group(
                    "local",
                    LocalCommand.class,
                    command("up", LocalUpCommand.class),
                    command("down", LocalDownCommand.class),
                    command("status", LocalStatusCommand.class),
                    command("run", LocalRunCommand.class),
                    command("logs", LocalLogsCommand.class)),
            command("seed", SeedCommand.class),
            command("list-conversations", ListConversationsCommand.class),
            command("get-conversation", GetConversationCommand.class),
            command("send-message", SendMessageCommand.class),
            group(
                    "stream",
                    StreamCommand.class,
                    command("follow", StreamFollowCommand.class),
                    command("project", StreamProjectCommand.class)),
            command("schema-load", SchemaLoadCommand.class),
            command("list-tables", ListTablesCommand.class),
            command("describe", DescribeCommand.class),
            command("scan", ScanCommand.class),
            command("drop", DropCommand.class),
            group(
                    "db",
                    DbCommand.class,
                    command("setup", DbSetupCommand.class),
                    command("create", DbCreateCommand.class),
                    command("drop", DbDropCommand.class),
                    command("schema-load", DbSchemaLoadCommand.class),
                    command("seed", DbSeedCommand.class),
                    command("migrate", DbMigrateCommand.class),
                    command("rollback", DbRollbackCommand.class),
                    command("sessions", DbSessionsCommand.class),
                    command("connect", DbConnectCommand.class)),
            group("cognito", CognitoCommand.class, command("list-users", CognitoListUsersCommand.class)),
            command("update-cognito-user-ids", UpdateCognitoUserIdsCommand.class),
            command("doctor", DoctorCommand.class),
            group("config", ConfigCommand.class, command("show", ConfigShowCommand.class)),
            command("completion", CompletionCommand.class));

    private final IFactory factory;

    Commands(IFactory factory) {
        this.factory = factory;
    }

    private static Entry command(String name, Class<?> type) {
        return new Entry(name, type, List.of());
    }

    private static Entry group(String name, Class<?> type, Entry... children) {
        return new Entry(name, type, List.of(children));
    }

    /**
     * Adds those that the arguments may mean: reading the annotations of all of them takes longer than running one. Where
     * the arguments name none, help may be wanted, which shows of each the name and the first line.
     */
    void addTo(CommandLine root, Collection<String> arguments) {
        addTo(root, all, arguments);
    }

    private void addTo(CommandLine parent, List<Entry> entries, Collection<String> arguments) {
        List<Entry> named =
                entries.stream().filter(it -> arguments.contains(it.name())).toList();
        for (Entry entry : named) {
            CommandLine command = new CommandLine(entry.type(), factory);
            addTo(command, entry.children(), arguments);
            parent.addSubcommand(entry.name(), command);
        }
        if (named.isEmpty()) {
            entries.forEach(entry -> parent.addSubcommand(entry.name(), titleOf(entry)));
        }
    }

    private static CommandSpec titleOf(Entry entry) {
        CommandSpec title = CommandSpec.create();
        title.usageMessage().header(entry.type().getAnnotation(Command.class).header());
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
                known = new CommandLine(entry.type(), factory);
                parent.addSubcommand(entry.name(), known);
            }
            addAllTo(known, entry.children());
        }
    }
}
