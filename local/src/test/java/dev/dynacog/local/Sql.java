package dev.dynacog.local;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements through the address that users are given. */
final class Sql {
    private Sql() {}

    static void run(String url, String statement) {
        try (Connection connection = connect(url);
                Statement statements = connection.createStatement()) {
            statements.execute(statement);
        } catch (SQLException problem) {
            throw new AssertionError(problem);
        }
    }

    static String ask(String url, String query) {
        try (Connection connection = connect(url);
                Statement statements = connection.createStatement();
                ResultSet result = statements.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException problem) {
            throw new AssertionError(problem);
        }
    }

    static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String user = uri.getUserInfo();
        int colon = user.indexOf(':');
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
                user.substring(0, colon),
                user.substring(colon + 1));
    }
}
