package dev.dynacog.cli.command.db;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.db.DbView.Loading;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.ScriptRunner;
import dev.dynacog.postgres.ScriptRunner.Ran;
import dev.dynacog.postgres.SqlScript;
import dev.dynacog.postgres.SqlStatement;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the commands that run files have in common: how it is watched, and how it is told. */
final class DbScripts {
    private final Session session;

    DbScripts(Session session) {
        this.session = session;
    }

    /** Runs something with a progress line and with the server's notices. */
    Ran watched(SqlScript script, Function<ScriptRunner.Listener, Ran> work) {
        OptionalLong total = OptionalLong.of(script.statements().size());
        try (Progress progress = session.console().progress(script.name(), total)) {
            return work.apply(new ScriptRunner.Listener() {
                @Override
                public void statement(SqlStatement statement) {
                    progress.advance(1);
                }

                @Override
                public void notice(String message) {
                    session.console().note(message);
                }
            });
        }
    }

    static Ran planned(SqlScript script) {
        return new Ran(script.name(), script.statements().size(), 0);
    }

    void report(Loading loading, Ran ran, List<Migration> migrations) {
        session.output()
                .one(
                        DbView.record(session.database().url().database(), loading, ran, migrations),
                        () -> List.of(DbView.line(session.environment(), loading, ran, migrations)));
    }
}
