package dev.dynacog.cli.command.db;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.command.db.DbMigrationView.Action;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells of migrations while they are run or undone: those that are done show also when a later one fails. */
final class DbMigrationRun {
    private final Session session;

    DbMigrationRun(Session session) {
        this.session = session;
    }

    void run(Action action, Consumer<Migrations.Listener> work) {
        try (Renderer done = session.output().many(DbMigrationView.actions());
                Progress progress = session.console().progress("migrations", OptionalLong.empty())) {
            work.accept(new Migrations.Listener() {
                @Override
                public void waiting(String message) {
                    session.console().tell(Text.of("waiting", Tone.ATTENTION).plus("  " + message));
                }

                @Override
                public void next(Migration migration) {
                    progress.say(migration.title());
                }

                @Override
                public void done(Migration migration) {
                    done.row(DbMigrationView.record(migration, action));
                }

                @Override
                public void notice(String message) {
                    session.console().note(message);
                }
            });
            done.endOfPage();
        }
        note(DbMigrationView.words(action));
    }

    void plan(Action action, List<Migration> migrations) {
        session.output()
                .all(
                        DbMigrationView.actions(),
                        migrations.stream()
                                .map(migration -> DbMigrationView.record(migration, action))
                                .toList());
    }

    /** One line below the rest, for people: how it went, and where. */
    void note(String message) {
        if (session.output().isForPeople()) {
            session.console()
                    .tell(EnvironmentLabel.of(session.environment())
                            .plus("  " + message + " · " + PlaceLabel.place(session.environment()), Tone.SECONDARY));
        }
    }
}
