package dev.dynacog.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.error.DynacogException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every Postgres that we are run against. */
interface DatabaseContract {
    /** The server under test, as a URL with user and password. */
    String url();

    private static Database database(String url) {
        Path nowhere = Path.of("/nonexistent");
        return Database.of(new SettingsLoader(Map.of("CONNECTION_URL", url), nowhere, Folders.of(Map.of(), nowhere))
                .load(Flags.none())
                .environment());
    }

    @Test
    default void usersAreCountedAndAnAbsentTableIsToldFromAnEmptyOne() {
        try (Database database = database(url())) {
            assertThat(database.countUsers()).isEqualTo(-1);
            execute(database, "create table public.users (handle text)");
            assertThat(database.countUsers()).isZero();
            execute(database, "insert into public.users values ('bayko')");
            assertThat(database.countUsers()).isEqualTo(1);
            execute(database, "drop table public.users");
        }
    }

    private static void execute(Database database, String sql) {
        database.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Test
    default void aWrongPasswordIsRefusedWithoutBeingRepeated() {
        String wrong = url().replaceFirst(":[^:@/]+@", ":hunter2@");
        try (Database database = database(wrong)) {
            assertThatThrownBy(database::countUsers)
                    .isInstanceOf(DynacogException.Access.class)
                    .satisfies(thrown -> assertThat(thrown.getMessage() + ((DynacogException) thrown).hint())
                            .doesNotContain("hunter2"));
        }
    }

    @Test
    default void aDatabaseThatIsNotThereIsNotFound() {
        try (Database database = database(url().replaceFirst("/[^/]*$", "/no_such_database"))) {
            assertThatThrownBy(database::countUsers)
                    .isInstanceOf(DynacogException.NotFound.class)
                    .hasMessageContaining("no_such_database");
        }
    }
}
