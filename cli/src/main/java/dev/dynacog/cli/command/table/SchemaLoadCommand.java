package dev.dynacog.cli.command.table;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.dynamo.table.SchemaChange;
import dev.dynacog.dynamo.table.SchemaChange.Difference;
import dev.dynacog.dynamo.table.SchemaFiles;
import dev.dynacog.dynamo.table.TableSchema;
import dev.dynacog.error.DynacogException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Create tables from schemas, or show how they differ.",
        description = {
            "Reads CreateTable input or describe-table output as JSON. Creates missing tables, and"
                    + " compares existing ones; changes them only with --apply.",
            "Exit code 6 means that a table differs."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog schema-load                       the message table",
            "  dynacog schema-load tables/               every .json file in a folder",
            "  dynacog schema-load --on-demand --dry-run"
        })
public final class SchemaLoadCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "Files or folders. Default: the message table.")
    List<Path> files = List.of();

    @Option(names = "--apply", description = "Apply the changes that UpdateTable supports.")
    boolean apply;

    @Option(names = "--table", paramLabel = "NAME", description = "Create the table under this name.")
    @Nullable
    String table;

    @Option(names = "--on-demand", description = "Use on-demand billing, whatever the schema specifies.")
    boolean onDemand;

    @Option(
            names = "--stream",
            paramLabel = "VIEW",
            description = "Enable a stream with this view: NEW_IMAGE, OLD_IMAGE, ...")
    @Nullable
    String stream;

    @Option(names = "--deletion-protection", description = "Turn on deletion protection.")
    boolean deletionProtection;

    @Option(names = "--no-wait", description = "Do not wait for new tables to become active.")
    boolean noWait;

    @Mixin
    GuardOptions guard;

    public SchemaLoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<TableSchema> schemas = schemas();
        List<SchemaView.Outcome> outcomes = new ArrayList<>();
        int exit = ExitCode.DONE;
        for (TableSchema schema : schemas) {
            exit = Math.max(exit, session.write(guard, new Load(schema, schemas, outcomes::add)));
        }
        SchemaView.show(session.output(), session.console(), outcomes);
        return exit;
    }

    private List<TableSchema> schemas() {
        List<TableSchema> found = new ArrayList<>();
        if (files.isEmpty()) {
            found.add(TableSchema.ofMessages()
                    .named(session.environment().messageTable().value()));
        } else {
            found.addAll(SchemaFiles.read(files));
        }
        if (table != null && found.size() > 1) {
            throw new DynacogException.Usage(
                    "--table names one table, and there are " + found.size() + " schemas", "pass one FILE");
        }
        return found.stream().map(this::adjusted).toList();
    }

    private TableSchema adjusted(TableSchema schema) {
        TableSchema adjusted = table == null ? schema : schema.named(table);
        adjusted = onDemand ? adjusted.onDemand() : adjusted;
        adjusted = stream == null ? adjusted : adjusted.streaming(stream);
        return deletionProtection ? adjusted.protectedFromDeletion() : adjusted;
    }

    /** How the table that there is differs from its schema; none where there is no table. */
    private record Found(Optional<SchemaChange> change) {
        List<Difference> differences() {
            return change.map(SchemaChange::differences).orElse(List.of());
        }
    }

    /** One table of those that are loaded. */
    private final class Load implements Write<Found> {
        private final TableSchema schema;
        private final List<TableSchema> all;
        private final Consumer<SchemaView.Outcome> outcomes;

        Load(TableSchema schema, List<TableSchema> all, Consumer<SchemaView.Outcome> outcomes) {
            this.schema = schema;
            this.all = all;
            this.outcomes = outcomes;
        }

        /** Without --apply nothing is known to be written before a look: a table that is there is left as it is. */
        @Override
        public List<Subject> subjects() {
            return apply ? all.stream().map(SchemaLoadCommand::subject).toList() : List.of();
        }

        @Override
        public List<Subject> subjects(Found found) {
            return List.of(subject(schema));
        }

        @Override
        public int plan(Planned<Found> planned) {
            Found found = new Found(session.tables().compare(schema));
            if (found.change().isPresent() && found.differences().isEmpty()) {
                return settled();
            }
            if (found.change().isPresent() && !apply) {
                return ended(SchemaView.Action.DIFFERENT, found.differences());
            }
            return planned.go(found);
        }

        /** A table that is as it should be may still be in the making, by somebody else or an interrupted run. */
        private int settled() {
            if (!noWait && !guard.dryRun) {
                awaitActive();
            }
            return ended(SchemaView.Action.SAME, List.of());
        }

        private void awaitActive() {
            try (Progress progress = progress(schema)) {
                session.tables().awaitActive(schema.tableName(), progress::say);
            }
        }

        @Override
        public List<Text> shown(Found found) {
            return found.change().isPresent()
                    ? SchemaView.plan(schema.tableName(), found.differences())
                    : List.of(Text.of("schema-load makes the table " + schema.tableName() + "."));
        }

        @Override
        public int dryRun(Found found) {
            return ended(
                    found.change().isPresent() ? SchemaView.Action.DIFFERENT : SchemaView.Action.WOULD_CREATE,
                    found.differences());
        }

        @Override
        public int apply(Found found) {
            return found.change().isPresent() ? change(found.change().get()) : create();
        }

        private int change(SchemaChange change) {
            try (Progress progress = progress(schema)) {
                session.tables().apply(schema.tableName(), change, progress::say);
            }
            // What the service took is what it says of the table now, not that it didn't refuse.
            List<Difference> left = session.tables()
                    .compare(schema)
                    .map(SchemaChange::differences)
                    .orElseThrow(() -> new DynacogException.Failed(
                            "table " + schema.tableName() + " was deleted during the change", "run the command again"));
            return ended(left.isEmpty() ? SchemaView.Action.CHANGED : SchemaView.Action.DIFFERENT, left);
        }

        private int create() {
            session.tables().create(schema);
            if (!noWait) {
                awaitActive();
            }
            return ended(noWait ? SchemaView.Action.CREATING : SchemaView.Action.CREATED, List.of());
        }

        private int ended(SchemaView.Action action, List<Difference> differences) {
            SchemaView.Outcome outcome = new SchemaView.Outcome(schema.tableName(), action, differences);
            outcomes.accept(outcome);
            return outcome.isDifferent() ? ExitCode.DIFFERENCES : ExitCode.DONE;
        }
    }

    private Progress progress(TableSchema schema) {
        return session.console().progress("table " + schema.tableName(), OptionalLong.empty());
    }

    private static Write.Subject subject(TableSchema schema) {
        return Write.Subject.table(schema.tableName());
    }
}
