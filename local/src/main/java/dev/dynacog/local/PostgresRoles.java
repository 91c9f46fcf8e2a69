package dev.dynacog.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Who may do what in a Postgres of the stack. Apps and people know the role {@code postgres}, and so does everybody on
 * the machine: it owns its databases and makes more, and can't read files or run programs. The superuser has another
 * name, and a password that nobody is told.
 */
final class PostgresRoles {
    static final String APP = "postgres";
    static final String SUPERUSER = "dynacog_superuser";
    static final String USUAL_PASSWORD = "password";

    private static final String MAINTENANCE = "template1";
    private static final String WRONG_PASSWORD = "28P01";
    private static final String SCRAM = "scram-sha-256";

    /** Of the first of all roles, which is the superuser whatever its name. */
    private static final int BOOTSTRAP = 10;

    /** What a database has that is the superuser's own and no part of an extension or of Postgres itself. */
    private static final String HAND_OVER = """
            do $$
            declare thing record;
            begin
              for thing in
                select replace(identified.type, 'statistics object', 'statistics') as kind, identified.identity
                from (
                  select 'pg_namespace'::regclass as class, oid, nspowner as owner from pg_namespace
                  union all select 'pg_class'::regclass, c.oid, relowner from pg_class c
                    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not exists (
                      select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                        and c.relkind = 'S' and d.deptype in ('a', 'i'))
                  union all select 'pg_proc'::regclass, oid, proowner from pg_proc
                  union all select 'pg_type'::regclass, t.oid, typowner from pg_type t
                    where typtype in ('d', 'e', 'r') or typtype = 'c' and exists (
                      select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')
                  union all select 'pg_collation'::regclass, oid, collowner from pg_collation
                  union all select 'pg_conversion'::regclass, oid, conowner from pg_conversion
                  union all select 'pg_operator'::regclass, oid, oprowner from pg_operator
                  union all select 'pg_opfamily'::regclass, oid, opfowner from pg_opfamily
                  union all select 'pg_opclass'::regclass, oid, opcowner from pg_opclass
                  union all select 'pg_statistic_ext'::regclass, oid, stxowner from pg_statistic_ext
                  union all select 'pg_ts_config'::regclass, oid, cfgowner from pg_ts_config
                  union all select 'pg_ts_dict'::regclass, oid, dictowner from pg_ts_dict
                  union all select 'pg_publication'::regclass, oid, pubowner from pg_publication
                  union all select 'pg_largeobject'::regclass, oid, lomowner from pg_largeobject_metadata
                ) own, pg_identify_object(own.class, own.oid, 0) identified
                where own.owner = 10
                  and (own.oid >= 16384 or own.class = 'pg_largeobject'::regclass) and not exists (
                  select from pg_depend d
                  where d.classid = own.class and d.objid = own.oid and d.deptype = 'e')
              loop
                begin
                  execute format('alter %s %s owner to postgres', thing.kind, thing.identity);
                exception when others then
                  raise warning '% % stays the superuser''s: %', thing.kind, thing.identity, sqlerrm;
                end;
              end loop;
            end $$""";

    private final int port;
    private final PostgresSecrets secrets;

    PostgresRoles(int port, PostgresSecrets secrets) {
        this.port = port;
        this.secrets = secrets;
    }

    /** Leaves the roles as they are to be, the app's database, and nothing in any database that isn't the app's. */
    void arrange(String database) throws SQLException {
        List<String> superusersOwn = new ArrayList<>();
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            if (!any(statement, "select from pg_roles where rolname = '" + APP + "'")) {
                statement.execute("create role " + APP);
            }
            statement.execute("alter role " + APP
                    + " with login createdb inherit nosuperuser nocreaterole noreplication nobypassrls");
            // Not by a statement: others could see it while it runs.
            password(connection, APP, secrets.app());
            // To see the sessions of an app that has a role of its own, and to end them: db sessions, db drop --force.
            statement.execute("grant pg_signal_backend, pg_read_all_stats to " + APP);
            if (!any(statement, "select from pg_database where datname = '" + database + "'")) {
                statement.execute("create database " + database + " owner " + APP);
            }
            try (ResultSet found = statement.executeQuery("select datname from pg_database" + " where datdba = "
                    + BOOTSTRAP + " and not datistemplate and datallowconn")) {
                while (found.next()) {
                    superusersOwn.add(found.getString(1));
                }
            }
        }
        for (String name : superusersOwn) {
            handOver(name);
        }
    }

    /** The database itself in the same transaction: whose it is says whether this has been done. */
    private void handOver(String database) throws SQLException {
        try (Connection connection = connect(SUPERUSER, secrets.superuser(), database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(HAND_OVER);
            statement.execute("alter database " + statement.enquoteIdentifier(database, true) + " owner to " + APP);
            connection.commit();
        }
    }

    private Connection superuser() throws SQLException {
        try {
            return connect(SUPERUSER, secrets.superuser(), MAINTENANCE);
        } catch (SQLException refused) {
            if (!WRONG_PASSWORD.equals(refused.getSQLState())) {
                throw refused;
            }
            renameOldSuperuser();
            return connect(SUPERUSER, secrets.superuser(), MAINTENANCE);
        }
    }

    /** Earlier versions made {@code postgres} itself the superuser. The first role can't be anything less, or go. */
    private void renameOldSuperuser() throws SQLException {
        try (Connection connection = connect(APP, USUAL_PASSWORD, MAINTENANCE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // No session can rename its own role by the statement for that.
            statement.execute("update pg_authid set rolname = '" + SUPERUSER + "' where oid = " + BOOTSTRAP
                    + " and rolname = '" + APP + "'");
            password(connection, SUPERUSER, secrets.superuser());
            statement.execute("create role " + APP);
            connection.commit();
        }
    }

    private static void password(Connection connection, String role, String password) throws SQLException {
        connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), SCRAM);
    }

    private static boolean any(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    /** As apps do. */
    Connection app(String database) throws SQLException {
        return connect(APP, secrets.app(), database);
    }

    private Connection connect(String user, String password, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("PGDBNAME", database);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("socketTimeout", "30");
        Connection connection = new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/", properties);
        if (connection == null) {
            throw new SQLException("the driver does not know its own address format");
        }
        return connection;
    }
}
