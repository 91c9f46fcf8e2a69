package dev.dynacog.cli.testing;

import dev.dynacog.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database of a test's own on the shared server. */
public final class TestDatabase implements AutoCloseable {
    private final PostgresServer server;
    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

    public TestDatabase(PostgresServer server) {
        this.server = server;
        runIn("cruddur", "create database " + name);
    }

    public String name() {
        return name;
    }

    public String url() {
        return "postgresql://postgres:password@localhost:" + server.port() + "/" + name;
    }

    public Connection connect() throws SQLException {
        return connect(name);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + server.port() + "/" + database, "postgres", "password");
    }

    public void run(String... statements) {
        runIn(name, statements);
    }

    private void runIn(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each as its columns with a space between them. */
    public List<String> rows(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join(" ", cells));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        runIn("cruddur", "drop database " + name + " with (force)");
    }
}
