package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Guard;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.GuardOptions;
import dev.dynacog.cli.command.db.DbView.Loading;
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
        String database = session.database().url().database();
        Guard.Subject subject = Guard.Subject.database(session.database().url());
        if (!guard.dryRun) {
            session.guard()
                    .confirm(
                            subject,
                            guard.confirmed,
                            () -> scripts.stream()
                                    .map(script -> DbView.scriptPlan("db seed", script, database))
                                    .toList());
        }
        DbScripts runs = new DbScripts(session);
        ScriptRunner runner = new ScriptRunner(session.database());
        for (SqlScript script : scripts) {
            if (guard.dryRun) {
                runs.report(Loading.WOULD_LOAD, DbScripts.planned(script), List.of());
            } else {
                runs.report(Loading.LOADED, runs.watched(script, listener -> runner.run(script, listener)), List.of());
            }
        }
        return ExitCode.DONE;
    }
}
