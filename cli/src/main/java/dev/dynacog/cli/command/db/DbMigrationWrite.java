package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.db.DbMigrationView.Action;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the commands that change which migrations are run have in common.
 *
 * @param find the migrations that it is about
 * @param work does it
 */
record DbMigrationWrite(Session session, Kind kind, Supplier<List<Migration>> find, Consumer<Migrations.Listener> work)
        implements Write<List<Migration>> {

    /** What is done to migrations, and in which words. */
    enum Kind {
        RUN("db migrate", "runs", "nothing to run", "nothing was run (--dry-run)", Action.WOULD_RUN, Action.RUN),
        MARK(
                "db migrate --mark-run",
                "runs nothing, and notes as run",
                "already recorded as run",
                "nothing was recorded (--dry-run)",
                Action.WOULD_MARK,
                Action.MARKED),
        UNDO(
                "db rollback",
                "undoes",
                "nothing to roll back",
                "nothing was rolled back (--dry-run)",
                Action.WOULD_UNDO,
                Action.UNDONE);

        private final String command;
        private final String does;
        private final String needless;
        private final String notDone;
        private final Action would;
        private final Action done;

        Kind(String command, String does, String needless, String notDone, Action would, Action done) {
            this.command = command;
            this.does = does;
            this.needless = needless;
            this.notDone = notDone;
            this.would = would;
            this.done = done;
        }
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.database(session.database().url()));
    }

    @Override
    public int plan(Planned<List<Migration>> planned) {
        List<Migration> found = find.get();
        return found.isEmpty() ? planned(found, kind.needless) : planned.go(found);
    }

    @Override
    public List<Text> shown(List<Migration> found) {
        return List.of(DbMigrationView.plan(
                kind.command, kind.does, found, session.database().url().database()));
    }

    @Override
    public int dryRun(List<Migration> found) {
        return planned(found, kind.notDone);
    }

    @Override
    public int apply(List<Migration> found) {
        new DbMigrationRun(session).run(kind.done, work);
        return ExitCode.DONE;
    }

    private int planned(List<Migration> found, String note) {
        DbMigrationRun run = new DbMigrationRun(session);
        run.plan(kind.would, found);
        run.note(note);
        return ExitCode.DONE;
    }
}
