package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts so many users into {@code public.users} of whom nobody's Cognito id is known yet. */
final class UserRows {
    private final Path file;

    UserRows(Path folder, int users) throws IOException {
        this.file = folder.resolve("rows-" + users + ".sql");
        Files.writeString(file, """
                truncate public.users cascade;
                insert into public.users (display_name, handle, email, cognito_user_id)
                select 'User No. ' || n, h, h || '@example.com', 'MOCK'
                from generate_series(0, %d) n, lateral (select 'user' || lpad(n::text, 6, '0') h) handles;
                analyze public.users;
                """.formatted(users - 1));
    }

    void into(LocalStack stack) throws IOException {
        stack.dynacog("db", "seed", file.toString());
    }
}
