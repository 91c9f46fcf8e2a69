package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.cli.command.db.DbView.Loading;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.AppSchema;
import dev.dynacog.postgres.MigrationFolder;
import dev.dynacog.postgres.SqlScript;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        header = "Load the schema and record the migrations it contains as run.",
        description = {
            "Each file runs in one transaction; an error rolls it back and stops. A line '-- contains"
                    + " migrations up to 0042' records those migrations as run.",
            "Exit code 6 means that the tables already exist in an older form."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db schema-load",
            "  dynacog db schema-load db/schema.sql --dir db/migrations"
        })
public final class DbSchemaLoadCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "SQL files to run, in this order. Default: the app's schema.")
    List<Path> files = List.of();

    @Mixin
    MigrationOptions migrations;

    @Mixin
    GuardOptions guard;

    public DbSchemaLoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<SqlScript> scripts = files.stream().map(SqlScript::read).toList();
        MigrationFolder folder = migrations.folder();
        String database = session.database().url().database();
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!guard.dryRun) {
            session.guard().requireConfirmable(subject, guard.confirmed);
        }
        AppSchema schema = new AppSchema(session.database(), folder);
        if (scripts.isEmpty()) {
            scripts = List.of(AppSchema.shipped());
            schema = new AppSchema(session.database(), MigrationFolder.shipped());
            if (isLoaded(schema)) {
                new DbScripts(session).report(Loading.SAME, DbScripts.planned(scripts.get(0)), List.of());
                return ExitCode.DONE;
            }
        }
        if (!guard.dryRun) {
            List<SqlScript> all = scripts;
            session.guard()
                    .confirm(
                            subject,
                            guard.confirmed,
                            () -> all.stream()
                                    .map(script -> DbView.scriptPlan("db schema-load", script, database))
                                    .toList());
        }
        for (SqlScript script : scripts) {
            load(schema, script);
        }
        return ExitCode.DONE;
    }

    private void load(AppSchema schema, SqlScript script) {
        DbScripts runs = new DbScripts(session);
        if (guard.dryRun) {
            runs.report(Loading.WOULD_LOAD, DbScripts.planned(script), schema.contained(script));
        } else {
            runs.report(
                    Loading.LOADED,
                    runs.watched(script, listener -> schema.load(script, listener)),
                    schema.contained(script));
        }
    }

    private static boolean isLoaded(AppSchema schema) {
        AppSchema.Found found = schema.find();
        if (found == AppSchema.Found.OLDER) {
            throw new DynacogException.Different(
                    "public.users or public.activities is there already, in an older form",
                    "update it and keep its rows: dynacog db migrate");
        }
        return found == AppSchema.Found.CURRENT;
    }
}
