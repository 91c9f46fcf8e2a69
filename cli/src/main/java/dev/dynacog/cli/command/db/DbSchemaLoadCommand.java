package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.db.DbView.Loading;
import dev.dynacog.cli.terminal.Text;
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
        return session.write(guard, new Loads(scripts, folder));
    }

    /** The files, and the schema that they load. */
    private record Load(AppSchema schema, List<SqlScript> scripts) {}

    private final class Loads implements Write<Load> {
        private final List<SqlScript> scripts;
        private final MigrationFolder folder;
        private final DbScripts runs = new DbScripts(session);

        Loads(List<SqlScript> scripts, MigrationFolder folder) {
            this.scripts = scripts;
            this.folder = folder;
        }

        @Override
        public List<Subject> subjects() {
            return List.of(Subject.database(session.database().url()));
        }

        @Override
        public int plan(Planned<Load> planned) {
            if (!scripts.isEmpty()) {
                return planned.go(new Load(new AppSchema(session.database(), folder), scripts));
            }
            AppSchema schema = new AppSchema(session.database(), MigrationFolder.shipped());
            SqlScript script = AppSchema.shipped();
            if (isLoaded(schema)) {
                runs.report(Loading.SAME, DbScripts.planned(script), List.of());
                return ExitCode.DONE;
            }
            return planned.go(new Load(schema, List.of(script)));
        }

        @Override
        public List<Text> shown(Load load) {
            String database = session.database().url().database();
            return load.scripts().stream()
                    .map(script -> DbView.scriptPlan("db schema-load", script, database))
                    .toList();
        }

        @Override
        public int dryRun(Load load) {
            for (SqlScript script : load.scripts()) {
                runs.report(
                        Loading.WOULD_LOAD,
                        DbScripts.planned(script),
                        load.schema().contained(script));
            }
            return ExitCode.DONE;
        }

        @Override
        public int apply(Load load) {
            AppSchema schema = load.schema();
            for (SqlScript script : load.scripts()) {
                runs.report(
                        Loading.LOADED,
                        runs.watched(script, listener -> schema.load(script, listener)),
                        schema.contained(script));
            }
            return ExitCode.DONE;
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
