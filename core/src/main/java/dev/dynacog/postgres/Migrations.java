package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.MigrationLog.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Changes a database's schema step by step, and back. Each migration is one transaction, together with the note that it
 * was run, unless its file says otherwise; two runs at once come one after the other.
 */
public final class Migrations {
    private final Database database;
    private final MigrationFolder folder;
    private final ScriptRunner runner;

    public Migrations(Database database, MigrationFolder folder) {
        this.database = database;
        this.folder = folder;
        this.runner = new ScriptRunner(database);
    }

    /** How a migration stands. */
    public enum Standing {
        RUN,
        PENDING,
        /** Not run, while one of a higher number was. */
        OUT_OF_ORDER,
        /** Run, and its file says something else by now. */
        CHANGED,
        /** Run, and its file is in another folder, or nowhere. */
        WITHOUT_FILE
    }

    /** One migration, of the folder's or of the database's. */
    public record Status(long number, String name, Standing standing, Optional<Instant> ranAt) {
        public String title() {
            return Migration.shown(number) + "_" + name;
        }
    }

    /** Whether files may be run that come before what has run. */
    public enum Order {
        STRICT,
        ANY
    }

    /** Hears what happens. */
    public interface Listener {
        /** One that passes on what there is to say, and nothing else. */
        static Listener saying(Consumer<String> heard) {
            return new Listener() {
                @Override
                public void waiting(String message) {
                    heard.accept(message);
                }

                @Override
                public void next(Migration migration) {}

                @Override
                public void done(Migration migration) {}

                @Override
                public void notice(String message) {
                    heard.accept(message);
                }
            };
        }

        /** Another run has to end first. */
        void waiting(String message);

        /** This one is next. */
        void next(Migration migration);

        /** This one was run, or undone, and stays so whatever comes. */
        void done(Migration migration);

        /** What the server has to say that is no failure. */
        void notice(String message);
    }

    /** Every migration, in the order of numbers. */
    public List<Status> status() {
        return database.run(connection -> status(new MigrationLog(connection).entries()));
    }

    private List<Status> status(Map<Long, Entry> entries) {
        Map<Long, Status> all = new TreeMap<>();
        entries.values()
                .forEach(entry -> all.put(
                        entry.number(),
                        new Status(entry.number(), entry.name(), Standing.WITHOUT_FILE, Optional.of(entry.ranAt()))));
        for (Migration migration : folder.migrations()) {
            Entry entry = entries.get(migration.number());
            all.put(
                    migration.number(),
                    entry == null
                            ? new Status(
                                    migration.number(),
                                    migration.name(),
                                    migration.number() < newest(entries) ? Standing.OUT_OF_ORDER : Standing.PENDING,
                                    Optional.empty())
                            : new Status(
                                    migration.number(),
                                    migration.name(),
                                    migration.checksums().match(entry.checksum()) ? Standing.RUN : Standing.CHANGED,
                                    Optional.of(entry.ranAt())));
        }
        return List.copyOf(all.values());
    }

    /** What {@link #migrate} would run. */
    public List<Migration> pending(Order order) {
        return database.run(connection -> pending(new MigrationLog(connection).entries(), order));
    }

    private List<Migration> pending(Map<Long, Entry> entries, Order order) {
        List<Status> status = status(entries);
        status.stream()
                .filter(one -> one.standing() == Standing.CHANGED)
                .findFirst()
                .ifPresent(changed -> {
                    throw new DynacogException.Different(
                            changed.title() + " has changed since it was run",
                            "restore the file, and put the change in a new migration");
                });
        List<String> late = status.stream()
                .filter(one -> one.standing() == Standing.OUT_OF_ORDER)
                .map(Status::title)
                .toList();
        if (order == Order.STRICT && !late.isEmpty()) {
            throw new DynacogException.Different(
                    String.join(", ", late) + (late.size() == 1 ? " is" : " are") + " numbered before "
                            + Migration.shown(newest(entries)) + ", which has run; nothing was run",
                    "give the file a higher number, or run it anyway with --allow-out-of-order");
        }
        return folder.migrations().stream()
                .filter(migration -> !entries.containsKey(migration.number()))
                .toList();
    }

    private static long newest(Map<Long, Entry> entries) {
        return entries.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * Those of the numbers that {@link #markRun} would note.
     *
     * @param numbers of files of the folder
     */
    public List<Migration> unmarked(Collection<Long> numbers) {
        return database.run(connection -> unmarked(new MigrationLog(connection).entries(), numbers));
    }

    private List<Migration> unmarked(Map<Long, Entry> entries, Collection<Long> numbers) {
        List<Migration> marked = new ArrayList<>();
        for (long number : new TreeSet<>(numbers)) {
            Migration migration = folder.find(number)
                    .orElseThrow(() -> new DynacogException.NotFound(
                            "there is no migration " + Migration.shown(number) + " in " + folder.name(),
                            "pass its folder with --dir"));
            Entry entry = entries.get(number);
            if (entry == null) {
                marked.add(migration);
            } else if (!migration.checksums().match(entry.checksum())) {
                throw new DynacogException.Different(
                        migration.title() + " has changed since it was run", "restore the file");
            }
        }
        return marked;
    }

    /** Notes migrations as run without running them, for what was done by other means. */
    public int markRun(Collection<Long> numbers, Listener listener) {
        return locked(listener::waiting, (connection, log) -> {
            log.ensure();
            List<Migration> unmarked = unmarked(log.entries(), numbers);
            Database.transaction(connection, any -> {
                for (Migration migration : unmarked) {
                    log.add(migration);
                }
                return unmarked.size();
            });
            unmarked.forEach(listener::done);
            return unmarked.size();
        });
    }

    /** Runs what is pending, lowest number first. */
    public int migrate(Order order, Listener listener) {
        return locked(listener::waiting, (connection, log) -> {
            log.ensure();
            List<Migration> pending = pending(log.entries(), order);
            for (Migration migration : pending) {
                step(connection, migration, migration.up(), listener, () -> log.add(migration));
            }
            return pending.size();
        });
    }

    /**
     * What {@link #rollback} would undo, highest number first.
     *
     * @param to the number that stays the newest; 0 undoes everything. Without it the newest is undone.
     */
    public List<Migration> undoable(OptionalLong to) {
        return database.run(connection -> undoable(new MigrationLog(connection).entries(), to));
    }

    private List<Migration> undoable(Map<Long, Entry> entries, OptionalLong to) {
        if (to.isPresent() && to.getAsLong() != 0 && !entries.containsKey(to.getAsLong())) {
            throw new DynacogException.NotFound(
                    "no migration " + Migration.shown(to.getAsLong()) + " was run",
                    "list them: dynacog db migrate --status");
        }
        List<Entry> newestFirst = entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::number).reversed())
                .toList();
        List<Migration> undo = new ArrayList<>();
        for (Entry entry : newestFirst) {
            if (to.isPresent() ? entry.number() <= to.getAsLong() : !undo.isEmpty()) {
                break;
            }
            undo.add(undoable(entry));
        }
        return undo;
    }

    private Migration undoable(Entry entry) {
        String title = Migration.shown(entry.number()) + "_" + entry.name();
        Migration migration = folder.find(entry.number())
                .orElseThrow(() -> new DynacogException.NotFound(
                        "the file of " + title + " is not in " + folder.name(), "pass its folder with --dir"));
        if (!migration.checksums().match(entry.checksum())) {
            throw new DynacogException.Different(
                    migration.title() + " has changed since it was run, so its '-- down' may not apply",
                    "restore the file");
        }
        if (migration.down().isEmpty()) {
            throw new DynacogException.Failed(
                    migration.file() + " has no '-- down' and cannot be rolled back",
                    "add one; leave it empty if there is nothing to roll back");
        }
        return migration;
    }

    /** Undoes migrations, highest number first. */
    public int rollback(OptionalLong to, Listener listener) {
        return locked(listener::waiting, (connection, log) -> {
            List<Migration> undo = undoable(log.entries(), to);
            for (Migration migration : undo) {
                step(
                        connection,
                        migration,
                        migration.down().orElseThrow(),
                        listener,
                        () -> log.remove(migration.number()));
            }
            return undo.size();
        });
    }

    private interface Note {
        void write() throws SQLException;
    }

    private void step(Connection connection, Migration migration, SqlScript script, Listener listener, Note note)
            throws SQLException {
        listener.next(migration);
        ScriptRunner.Listener heard = ScriptRunner.Listener.notices(listener::notice);
        if (migration.inTransaction()) {
            Database.transaction(connection, any -> {
                ScriptRunner.Ran ran = runner.run(connection, script, heard);
                note.write();
                return ran;
            });
        } else {
            runner.runOneByOne(connection, script, heard, howToGoOn(migration, script));
            note.write();
        }
        Database.resetSettings(connection);
        listener.done(migration);
    }

    private static String howToGoOn(Migration migration, SqlScript script) {
        return script.equals(migration.up())
                ? "undo what it did or write 'if not exists', then: dynacog db migrate; when all of it is done by"
                        + " hand: dynacog db migrate --mark-run " + migration.number()
                : "mend what is left, then: dynacog db rollback";
    }

    private interface LockedWork {
        int with(Connection connection, MigrationLog log) throws SQLException;
    }

    private int locked(Consumer<String> waiting, LockedWork work) {
        return database.runApart(connection -> {
            MigrationLog log = new MigrationLog(connection);
            log.lock(waiting);
            // The connection is not used again, so that the lock ends with it even where this is not reached.
            int count = work.with(connection, log);
            log.unlock();
            return count;
        });
    }
}
