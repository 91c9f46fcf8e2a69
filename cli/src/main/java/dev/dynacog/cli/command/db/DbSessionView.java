package dev.dynacog.cli.command.db;

import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.postgres.DatabaseSession;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is connected to a database. */
public final class DbSessionView {
    private static final String UNKNOWN = "—";

    private DbSessionView() {}

    public static Map<String, @Nullable Object> record(DatabaseSession session) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("pid", session.pid());
        record.put("user", session.user());
        record.put("client", session.client().orElse(null));
        record.put("application", session.application());
        record.put("state", session.state().orElse(null));
        record.put("since", session.since().orElse(null));
        record.put("query", session.query().orElse(null));
        return record;
    }

    public static View list(Times times) {
        return View.of(
                Column.right("pid", row -> Text.of(String.valueOf(row.get("pid")), Tone.KEY)),
                Column.left("user", row -> text(row, "user")),
                Column.left("client", row -> text(row, "client")),
                Column.left("application", row -> text(row, "application")),
                Column.left("state", DbSessionView::state),
                Column.left(
                        "since",
                        row -> Text.of(
                                row.get("since") instanceof Instant since ? times.age(since) : UNKNOWN,
                                Tone.SECONDARY)),
                Column.left("query", row -> Text.of(flat(row.get("query")), Tone.SECONDARY)));
    }

    /** The sessions in lines of their own, for beside the data. */
    public static List<Text> lines(List<DatabaseSession> sessions) {
        return sessions.stream()
                .map(session -> Text.of("  pid " + session.pid(), Tone.KEY)
                        .plus("  " + session.user() + " from "
                                + session.client().orElse("a local socket"))
                        .plus(session.application().isEmpty() ? "" : ", " + session.application())
                        .plus(session.state().map(state -> ", " + state).orElse("")))
                .toList();
    }

    private static Text text(Map<String, @Nullable Object> row, String field) {
        Object value = row.get(field);
        return value == null || value.toString().isEmpty()
                ? Text.of(UNKNOWN, Tone.SECONDARY)
                : Text.of(value.toString());
    }

    /** One that is in a transaction and does nothing holds its locks: that is the one to look for. */
    private static Text state(Map<String, @Nullable Object> row) {
        String state = row.get("state") == null ? UNKNOWN : String.valueOf(row.get("state"));
        return Text.of(
                state,
                state.startsWith("idle in transaction")
                        ? Tone.ATTENTION
                        : state.equals("active") ? Tone.GOOD : Tone.PLAIN);
    }

    private static String flat(@Nullable Object query) {
        return query == null ? UNKNOWN : query.toString().replaceAll("\\s+", " ");
    }
}
