package dev.dynacog.cli.testing;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of a test's own on the server of the tests, looked at past dynacog.
 *
 * @param server the address of another database on the same server
 */
public record TestDatabase(String server, String name) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A name that no other test has; there is no such database yet. */
    public static TestDatabase absent(LocalServers servers) {
        return new TestDatabase(servers.postgres().url(), "test_" + COUNT.incrementAndGet());
    }

    public static TestDatabase empty(LocalServers servers) {
        TestDatabase database = absent(servers);
        database.create();
        return database;
    }

    public void create() {
        execute(server, "create database " + name);
    }

    /** The address as people have it. */
    public String url() {
        return server.substring(0, server.lastIndexOf('/') + 1) + name;
    }

    public String hostAndPort() {
        return server.substring(server.indexOf('@') + 1, server.lastIndexOf('/'));
    }

    public boolean exists() {
        return !rows(server, "select 1 from pg_database where datname = '" + name + "'")
                .isEmpty();
    }

    public void execute(String sql) {
        execute(url(), sql);
    }

    /** The rows of a query, each with its columns joined by a bar. */
    public List<String> rows(String query) {
        return rows(url(), query);
    }

    /** A session of somebody else's. */
    public Connection connect(String application) throws SQLException {
        return DriverManager.getConnection(jdbc(url()) + "&ApplicationName=" + application);
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(jdbc(url));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> rows(String url, String query) {
        try (Connection connection = DriverManager.getConnection(jdbc(url));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jdbc(String url) {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
                .formatted(uri.getHost(), uri.getPort(), uri.getPath(), user[0], user[1]);
    }
}
