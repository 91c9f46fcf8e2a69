package dev.dynacog.cli.testing;

/** The app's table of users, as it was and as it is better. */
public enum UsersTable {
    /** Nothing but a primary key. */
    OLD,
    /** No handle twice, no sub twice. */
    UNIQUE;

    public void createIn(TestDatabase database) {
        run(
                database,
                "create extension if not exists \"uuid-ossp\"",
                "create table public.users ("
                        + " uuid uuid default uuid_generate_v4() primary key, display_name text not null, handle text not null,"
                        + " email text not null, cognito_user_id text not null, created_at timestamp default current_timestamp"
                        + " not null)");
        if (this == UNIQUE) {
            run(
                    database,
                    "create unique index on public.users (handle)",
                    "create unique index on public.users (cognito_user_id) where cognito_user_id <> 'MOCK'");
        }
    }

    public static void run(TestDatabase database, String... statements) {
        for (String statement : statements) {
            database.execute(statement);
        }
    }

    public static void insert(TestDatabase database, String handle, String cognitoUserId) {
        run(
                database,
                "insert into public.users (display_name, handle, email, cognito_user_id) values ('x', '"
                        + handle.replace("'", "''") + "', 'x@example.com', '" + cognitoUserId + "')");
    }
}
