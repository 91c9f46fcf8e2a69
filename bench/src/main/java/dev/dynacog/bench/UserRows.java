package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts so many users into {@code public.users} of whom nobody's Cognito id is known yet. */
final class UserRows {
    private static final String NO_ROWS = "truncate public.users cascade;\n";

    /** What the apps had before dynacog: a primary key, and nothing that finds a handle. */
    private static final String OLD_TABLE = """
            drop table public.users cascade;
            create table public.users (
              uuid uuid default uuid_generate_v4() primary key,
              display_name text not null,
              handle text not null,
              email text not null,
              cognito_user_id text not null,
              created_at timestamp default current_timestamp not null
            );
            """;

    private static final String ROWS = """
            insert into public.users (display_name, handle, email, cognito_user_id)
            select 'User No. ' || n, h, h || '@example.com', 'MOCK'
            from generate_series(0, %d) n, lateral (select 'user' || lpad(n::text, 6, '0') h) handles;
            analyze public.users;
            """;

    private final Path file;

    private UserRows(Path file, String sql) throws IOException {
        this.file = file;
        Files.writeString(file, sql);
    }

    /** In the table that dynacog makes, where handles are unique. */
    static UserRows today(Path folder, int users) throws IOException {
        return new UserRows(folder.resolve("rows-" + users + ".sql"), NO_ROWS + ROWS.formatted(users - 1));
    }

    /** In the table of the old scripts. */
    static UserRows asOfOld(Path folder, int users) throws IOException {
        return new UserRows(folder.resolve("old-rows-" + users + ".sql"), OLD_TABLE + ROWS.formatted(users - 1));
    }

    void into(LocalStack stack) throws IOException {
        stack.dynacog("db", "seed", file.toString());
    }
}
