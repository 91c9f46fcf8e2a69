package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.db.DbView.Loading;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.postgres.AppSchema;
import dev.dynacog.postgres.ScriptRunner;
import dev.dynacog.postgres.SqlScript;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        header = "Insert the sample rows.",
        description = {
            "Each file runs in one transaction; an error rolls it back and stops. The sample people"
                    + " shipped with dynacog are inserted only once."
        },
        footer = {"", "Examples:", "  dynacog db seed", "  dynacog db seed db/people.sql db/posts.sql --dry-run"})
public final class DbSeedCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "SQL files to run, in this order. Default: four people and a post.")
    List<Path> files = List.of();

    @Mixin
    GuardOptions guard;

    public DbSeedCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<SqlScript> scripts = files.isEmpty()
                ? List.of(AppSchema.shippedSeed())
                : files.stream().map(SqlScript::read).toList();
        return session.write(guard, new Loads(scripts));
    }

    private final class Loads implements Write<List<SqlScript>> {
        private final List<SqlScript> scripts;

        Loads(List<SqlScript> scripts) {
            this.scripts = scripts;
        }

        @Override
        public List<Subject> subjects() {
            return List.of(Subject.database(session.database().url()));
        }

        @Override
        public int plan(Planned<List<SqlScript>> planned) {
            return planned.go(scripts);
        }

        @Override
        public List<Text> shown(List<SqlScript> plan) {
            String database = session.database().url().database();
            return plan.stream()
                    .map(script -> DbView.scriptPlan("db seed", script, database))
                    .toList();
        }

        @Override
        public int dryRun(List<SqlScript> plan) {
            plan.forEach(
                    script -> new DbScripts(session).report(Loading.WOULD_LOAD, DbScripts.planned(script), List.of()));
            return ExitCode.DONE;
        }

        @Override
        public int apply(List<SqlScript> plan) {
            DbScripts runs = new DbScripts(session);
            ScriptRunner runner = new ScriptRunner(session.database());
            for (SqlScript script : plan) {
                runs.report(Loading.LOADED, runs.watched(script, listener -> runner.run(script, listener)), List.of());
            }
            return ExitCode.DONE;
        }
    }
}
