package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table that is written to, as the database knows it.
 *
 * @param columns by name
 */
record CognitoIdSyncTarget(long oid, String quoted, Map<String, Column> columns) {
    /** A column; one that is required has to be given when a row is added. */
    record Column(String name, String type, boolean required) {
        String quoted() {
            return CognitoIdSyncTable.quote(name);
        }
    }

    static CognitoIdSyncTarget find(Connection connection, CognitoIdSyncRequest request) throws SQLException {
        String quoted = request.table().quoted();
        long oid = 0;
        try (PreparedStatement statement = connection.prepareStatement(
                "select c.oid from pg_class c where c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'f')")) {
            statement.setString(1, quoted);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    throw new DynacogException.NotFound(
                            "there is no table " + request.table() + " in database " + connection.getCatalog(),
                            "--table schema.table names another");
                }
                oid = found.getLong(1);
            }
        }
        CognitoIdSyncTarget target = new CognitoIdSyncTarget(oid, quoted, columns(connection, oid));
        target.require(request.column(), request);
        target.require(request.idColumn(), request);
        return target;
    }

    private static Map<String, Column> columns(Connection connection, long oid) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select attname, format_type(atttypid, atttypmod), attnotnull and not atthasdef and attidentity = ''"
                        + " from pg_attribute where attrelid = ? and attnum > 0 and not attisdropped order by attnum")) {
            statement.setLong(1, oid);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    columns.put(
                            found.getString(1),
                            new Column(found.getString(1), found.getString(2), found.getBoolean(3)));
                }
            }
        }
        return columns;
    }

    private void require(String name, CognitoIdSyncRequest request) {
        if (!columns.containsKey(name)) {
            throw new DynacogException.NotFound(
                    "table " + request.table() + " has no column " + name,
                    "it has " + String.join(", ", columns.keySet()) + "; --match and --column name others");
        }
    }

    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        return column;
    }

    /**
     * What a new row is filled with: the expression of each column. The app's own hook fills the same.
     */
    Map<Column, String> valuesOfNewRow(CognitoIdSyncRequest request) {
        Map<Column, String> values = new LinkedHashMap<>();
        values.put(column(request.column()), "p.match");
        values.put(column(request.idColumn()), "p.sub");
        Map<String, String> others = new LinkedHashMap<>();
        others.put("handle", "p.handle");
        others.put("email", "p.email");
        others.put("display_name", "coalesce(p.display_name, p.handle, p.match)");
        others.forEach((name, expression) -> {
            Column column = columns.get(name);
            if (column != null) {
                values.putIfAbsent(column, expression);
            }
        });
        return values;
    }

    /** The columns that a new row needs and a user may lack, as a condition for each. */
    List<String> conditionsOfNewRow(CognitoIdSyncRequest request) {
        List<String> conditions = new ArrayList<>();
        valuesOfNewRow(request).forEach((column, expression) -> {
            if (column.required()) {
                conditions.add(expression + " is not null");
            }
        });
        return conditions;
    }
}
