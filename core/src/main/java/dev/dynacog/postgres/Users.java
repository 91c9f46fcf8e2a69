package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.People;
import dev.dynacog.messages.Person;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The people of {@code public.users}. No statement needs a constraint or an index that the app's old schema lacks. */
public final class Users implements People {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final int MOST_SIMILAR = 1_000;

    private final Database database;

    public Users(Database database) {
        this.database = database;
    }

    @Override
    public Lookup lookUp(Collection<String> handles) {
        return database.run(connection -> {
            try {
                List<Person> found = exactly(connection, handles);
                List<String> missing = handles.stream()
                        .filter(handle -> found.stream()
                                .noneMatch(person -> person.handle().equals(handle)))
                        .toList();
                return new Lookup(found, missing.isEmpty() ? List.of() : similar(connection, missing));
            } catch (SQLException e) {
                if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                    throw new DynacogException.NotFound(
                            "there is no table public.users in "
                                    + database.url().masked(),
                            "create it: dynacog db schema-load; or use --users FILE instead of Postgres");
                }
                throw e;
            }
        });
    }

    /** Some of those who are there, by their handles. */
    public List<Person> some(int most) {
        return database.run(connection -> {
            List<Person> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "select uuid::text, handle, display_name from public.users order by handle limit ?")) {
                query.setInt(1, most);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Person(rows.getString(1), rows.getString(2), rows.getString(3)));
                    }
                }
            }
            return found;
        });
    }

    private static List<Person> exactly(Connection connection, Collection<String> handles) throws SQLException {
        List<Person> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select uuid::text, handle, display_name"
                + " from public.users where handle = any (?) order by handle, uuid")) {
            query.setArray(1, texts(connection, handles));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Person(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return found;
    }

    /** A mistyped name nearly always keeps two letters at one end, and no more than two are added or left out. */
    private static List<String> similar(Connection connection, Collection<String> missing) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select handle from public.users, unnest(?) as missing"
                        + " where lower(handle) = lower(missing)"
                        + " or (abs(length(handle) - length(missing)) <= 2"
                        + " and (left(lower(handle), 2) = left(lower(missing), 2)"
                        + " or right(lower(handle), 2) = right(lower(missing), 2)))"
                        + " group by handle order by bool_and(lower(handle) <> lower(missing)), handle limit "
                        + MOST_SIMILAR)) {
            query.setArray(1, texts(connection, missing));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    public String place() {
        return "public.users of " + database.url().masked();
    }

    @Override
    public String remedy() {
        return "add the sample people: dynacog db seed; or use --users FILE instead of Postgres";
    }
}
