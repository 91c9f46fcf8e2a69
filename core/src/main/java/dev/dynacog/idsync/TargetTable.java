package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table that is written to, as the database knows it.
 *
 * @param placesAreReadable whether its rows can be found again where they are, which takes select of the whole table
 * @param columns by name
 */
record TargetTable(String shown, long oid, boolean placesAreReadable, String quoted, Map<String, Column> columns) {
    /**
     * A column.
     *
     * @param type its type in full, as people write it
     * @param base the type that it is made of, without a length: a cast to it never shortens
     * @param required whether it has to be given when a row is added
     * @param generated how its values are made, if they can't be given: generated, or an identity
     */
    record Column(
            String name,
            String type,
            String base,
            boolean required,
            Optional<String> generated,
            boolean selectable,
            boolean updatable,
            boolean insertable) {
        String quoted() {
            return TableName.quote(name);
        }

        /** Whether it fills values up with blanks, as char(40) does. */
        boolean isPadded() {
            return base.equals("bpchar") || base.equals("character");
        }

        /** How the column writes a sub that is put into it. */
        String canonical(String sub) {
            return base.equals("uuid") ? sub.toLowerCase(Locale.ROOT) : sub;
        }
    }

    static TargetTable find(Connection connection, SyncRequest request) throws SQLException {
        String quoted = request.table().quoted();
        long oid = 0;
        boolean placesAreReadable = false;
        try (PreparedStatement statement = connection.prepareStatement(
                "select c.oid, has_column_privilege(c.oid, 'ctid', 'select')"
                        + " and has_column_privilege(c.oid, 'tableoid', 'select') from pg_class c where c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'f')")) {
            statement.setString(1, quoted);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    throw new DynacogException.NotFound(
                            "there is no table " + request.table() + " in database " + connection.getCatalog(),
                            "choose another with --table schema.table");
                }
                oid = found.getLong(1);
                placesAreReadable = found.getBoolean(2);
            }
        }
        TargetTable target =
                new TargetTable(request.table().toString(), oid, placesAreReadable, quoted, columns(connection, oid));
        target.require(request.match().column());
        target.require(request.idColumn());
        return target;
    }

    private static Map<String, Column> columns(Connection connection, long oid) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(Statements.COLUMNS)) {
            statement.setLong(1, oid);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    columns.put(
                            found.getString(1),
                            new Column(
                                    found.getString(1),
                                    found.getString(2),
                                    found.getString(3),
                                    found.getBoolean(4),
                                    Optional.ofNullable(found.getString(5)),
                                    found.getBoolean(6),
                                    found.getBoolean(7),
                                    found.getBoolean(8)));
                }
            }
        }
        return columns;
    }

    private void require(String name) {
        if (!columns.containsKey(name)) {
            throw new DynacogException.NotFound(
                    "table " + shown + " has no column " + name,
                    "it has " + String.join(", ", columns.keySet()) + "; choose others with --match and --column");
        }
    }

    /** Fails where the user of the database may not do what this takes. */
    void requireRights(SyncRequest request, boolean writes) {
        Column match = column(request.match().column());
        Column id = column(request.idColumn());
        requireRight("select", match.selectable(), match);
        requireRight("select", id.selectable(), id);
        if (!writes) {
            return;
        }
        id.generated().ifPresent(how -> {
            throw new DynacogException.Failed(
                    "column " + id.name() + " of " + shown + " is " + how
                            + ", so no sub can be written to it; 0 rows were changed",
                    "choose another with --column");
        });
        requireRight("update", id.updatable(), id);
        if (!placesAreReadable) {
            throw new DynacogException.Access(
                    "permission denied: select on table " + shown + " as a whole; 0 rows were changed",
                    "grant select on " + shown + ", not only on columns; --check and --dry-run work without it",
                    null);
        }
    }

    /** Fails where the user of the database may not add rows. */
    void requireRightToInsert(SyncRequest request) {
        valuesOfNewRow(request).keySet().forEach(column -> requireRight("insert", column.insertable(), column));
    }

    private void requireRight(String right, boolean given, Column column) {
        if (!given) {
            throw new DynacogException.Access(
                    "permission denied: " + right + " of column " + column.name() + " of " + shown
                            + "; 0 rows were changed",
                    "requires select and update (column) on " + shown
                            + " to write, insert where --insert-missing adds rows; select alone for --check and --dry-run",
                    null);
        }
    }

    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        return column;
    }

    /** What a new row is filled with, by column. The app's own hook fills the same. */
    Map<Column, Function<PoolUser, Optional<String>>> valuesOfNewRow(SyncRequest request) {
        Column id = column(request.idColumn());
        Map<Column, Function<PoolUser, Optional<String>>> values = new LinkedHashMap<>();
        values.put(column(request.match().column()), PoolUser::match);
        values.put(id, user -> user.sub().map(id::canonical));
        Map<String, Function<PoolUser, Optional<String>>> others = new LinkedHashMap<>();
        others.put("handle", PoolUser::handle);
        others.put("email", PoolUser::email);
        others.put("display_name", user -> user.displayName().or(user::handle).or(user::match));
        others.forEach((name, value) -> {
            Column column = columns.get(name);
            if (column != null && column.generated().isEmpty()) {
                values.putIfAbsent(column, value);
            }
        });
        return values;
    }

    /** Whether a user has everything that a new row must have. */
    boolean hasAllOfANewRow(PoolUser user, SyncRequest request) {
        return valuesOfNewRow(request).entrySet().stream()
                .filter(value -> value.getKey().required())
                .allMatch(value -> value.getValue().apply(user).isPresent());
    }
}
