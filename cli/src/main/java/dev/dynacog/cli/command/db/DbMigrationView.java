package dev.dynacog.cli.command.db;

import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.Migrations.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Migrations: how they stand, and what was done with them. */
public final class DbMigrationView {
    private DbMigrationView() {}

    /** What was done with one. */
    public enum Action {
        RUN,
        MARKED,
        UNDONE,
        WOULD_RUN,
        WOULD_MARK,
        WOULD_UNDO
    }

    public static Map<String, @Nullable Object> record(Status status) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("number", status.number());
        record.put("name", status.name());
        record.put("state", words(status.standing()));
        record.put("ran_at", status.ranAt().orElse(null));
        return record;
    }

    public static Map<String, @Nullable Object> record(Migration migration, Action action) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("number", migration.number());
        record.put("name", migration.name());
        record.put("action", words(action));
        return record;
    }

    public static View status(Times times) {
        return View.of(
                Column.left("migration", DbMigrationView::title),
                Column.left("state", row -> state(String.valueOf(row.get("state")))),
                Column.left(
                        "run",
                        row -> Text.of(row.get("ran_at") instanceof Instant at ? times.full(at) : "", Tone.SECONDARY)));
    }

    public static View actions() {
        return View.of(Column.left("migration", DbMigrationView::title), Column.left("action", row -> {
            String action = String.valueOf(row.get("action"));
            return Text.of(action, action.startsWith("would") ? Tone.PLAIN : Tone.GOOD);
        }));
    }

    /** What is about to be done. */
    public static Text plan(String command, String verb, List<Migration> migrations, String database) {
        return Text.of(command + " " + verb + " ")
                .plus(
                        String.join(
                                ", ", migrations.stream().map(Migration::title).toList()),
                        Tone.KEY)
                .plus(" in the database ")
                .plus(database, Tone.KEY)
                .plus(".");
    }

    private static Text title(Map<String, @Nullable Object> row) {
        long number = row.get("number") instanceof Number found ? found.longValue() : 0;
        return Text.of(Migration.shown(number), Tone.KEY).plus("_" + row.get("name"));
    }

    private static Text state(String state) {
        return Text.of(
                state,
                switch (state) {
                    case "run" -> Tone.GOOD;
                    case "changed" -> Tone.DANGER;
                    default -> Tone.ATTENTION;
                });
    }

    /** As it is told. */
    public static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
