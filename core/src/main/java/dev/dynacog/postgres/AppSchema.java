package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.Migrations.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema that is loaded as a whole, and says which migrations it contains: those are noted as run, so that
 * {@code db migrate} goes on behind them.
 */
public final class AppSchema {
    private static final Pattern CONTAINS =
            Pattern.compile("contains migrations up to (\\d{1,18})", Pattern.CASE_INSENSITIVE);
    private static final List<String> SHIPPED_TABLES = List.of("public.users", "public.activities");

    private final Database database;
    private final MigrationFolder folder;

    public AppSchema(Database database, MigrationFolder folder) {
        this.database = database;
        this.folder = folder;
    }

    /** What a database has of the schema that comes with dynacog. */
    public enum Found {
        NOTHING,
        /** All of it. */
        CURRENT,
        /** Its tables, but of an older form. */
        OLDER
    }

    /** The schema that comes with dynacog. */
    public static SqlScript shipped() {
        return SqlScript.shipped("schema.sql");
    }

    /** The first people, who come with dynacog. */
    public static SqlScript shippedSeed() {
        return SqlScript.shipped("seed.sql");
    }

    /** How much of the shipped schema is there. */
    public Found find() {
        if (!database.run(AppSchema::hasTables)) {
            return Found.NOTHING;
        }
        List<Migration> contained = contained(shipped());
        List<Status> status = new Migrations(database, folder).status();
        boolean allRun = contained.stream()
                .allMatch(migration -> status.stream()
                        .anyMatch(one -> one.number() == migration.number()
                                && one.ranAt().isPresent()));
        return allRun ? Found.CURRENT : Found.OLDER;
    }

    private static boolean hasTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : SHIPPED_TABLES) {
                try (ResultSet found = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
                    found.next();
                    if (found.getBoolean(1)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** The migrations that a schema says it contains. */
    public List<Migration> contained(SqlScript schema) {
        for (SqlScript.Remark remark : schema.remarks()) {
            Matcher contains = CONTAINS.matcher(remark.text());
            if (contains.matches()) {
                long last = Long.parseLong(contains.group(1));
                List<Migration> migrations = folder.upTo(last);
                if (migrations.isEmpty()
                        || migrations.get(migrations.size() - 1).number() != last) {
                    throw new DynacogException.NotFound(
                            schema.name() + ":" + remark.line() + ": there is no migration " + contains.group(1)
                                    + " in " + folder.name(),
                            "pass its folder with --dir");
                }
                return migrations;
            }
        }
        return List.of();
    }

    /** Loads a schema, with the note of what it contains, or nothing. */
    public ScriptRunner.Ran load(SqlScript schema, ScriptRunner.Listener listener) {
        List<Migration> contained = contained(schema);
        ScriptRunner runner = new ScriptRunner(database);
        return database.runApart(connection -> Database.transaction(connection, any -> {
            MigrationLog log = new MigrationLog(connection);
            log.lockForTransaction(listener::notice);
            ScriptRunner.Ran ran = runner.run(connection, schema, listener);
            note(log, contained);
            return ran;
        }));
    }

    private static void note(MigrationLog log, List<Migration> contained) throws SQLException {
        if (contained.isEmpty()) {
            return;
        }
        log.ensure();
        Map<Long, MigrationLog.Entry> there = log.entries();
        for (Migration migration : contained) {
            if (!there.containsKey(migration.number())) {
                log.add(migration);
            }
        }
    }
}
