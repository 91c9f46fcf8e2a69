package dev.dynacog.cli.command.table;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
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
        if (apply && !guard.dryRun) {
            schemas.forEach(schema -> session.guard().requireConfirmable(subject(schema), guard.confirmed));
        }
        List<SchemaView.Outcome> outcomes = new ArrayList<>();
        for (TableSchema schema : schemas) {
            outcomes.add(load(schema));
        }
        SchemaView.show(session.output(), session.console(), outcomes);
        return outcomes.stream().anyMatch(SchemaView.Outcome::isDifferent) ? ExitCode.DIFFERENCES : ExitCode.DONE;
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

    private SchemaView.Outcome load(TableSchema schema) {
        Optional<SchemaChange> change = session.tables().compare(schema);
        if (change.isEmpty()) {
            return create(schema);
        }
        List<Difference> differences = change.get().differences();
        if (differences.isEmpty()) {
            return settled(schema);
        }
        if (!apply || guard.dryRun) {
            return new SchemaView.Outcome(schema.tableName(), SchemaView.Action.DIFFERENT, differences);
        }
        session.guard()
                .confirm(subject(schema), guard.confirmed, () -> SchemaView.plan(schema.tableName(), differences));
        try (Progress progress = progress(schema)) {
            session.tables().apply(schema.tableName(), change.get(), progress::say);
        }
        // What the service took is what it says of the table now, not that it didn't refuse.
        List<Difference> left = session.tables()
                .compare(schema)
                .map(SchemaChange::differences)
                .orElseThrow(() -> new DynacogException.Failed(
                        "table " + schema.tableName() + " was deleted during the change", "run the command again"));
        return new SchemaView.Outcome(
                schema.tableName(), left.isEmpty() ? SchemaView.Action.CHANGED : SchemaView.Action.DIFFERENT, left);
    }

    /** A table that is as it should be may still be in the making, by somebody else or an interrupted run. */
    private SchemaView.Outcome settled(TableSchema schema) {
        if (!noWait && !guard.dryRun) {
            try (Progress progress = progress(schema)) {
                session.tables().awaitActive(schema.tableName(), progress::say);
            }
        }
        return new SchemaView.Outcome(schema.tableName(), SchemaView.Action.SAME, List.of());
    }

    private SchemaView.Outcome create(TableSchema schema) {
        if (guard.dryRun) {
            return new SchemaView.Outcome(schema.tableName(), SchemaView.Action.WOULD_CREATE, List.of());
        }
        session.guard()
                .confirm(
                        subject(schema),
                        guard.confirmed,
                        () -> List.of(Text.of("schema-load makes the table " + schema.tableName() + ".")));
        session.tables().create(schema);
        if (!noWait) {
            try (Progress progress = progress(schema)) {
                session.tables().awaitActive(schema.tableName(), progress::say);
            }
        }
        return new SchemaView.Outcome(
                schema.tableName(), noWait ? SchemaView.Action.CREATING : SchemaView.Action.CREATED, List.of());
    }

    private Progress progress(TableSchema schema) {
        return session.console().progress("table " + schema.tableName(), OptionalLong.empty());
    }

    private static Guard.Subject subject(TableSchema schema) {
        return new Guard.Subject("table", schema.tableName());
    }
}
