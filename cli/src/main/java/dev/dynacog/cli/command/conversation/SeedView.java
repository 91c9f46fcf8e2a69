package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.seed.SeedPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a seed does, or would do, a line for each fixture. */
public final class SeedView {
    private SeedView() {}

    public static Map<String, @Nullable Object> record(SeedPlan plan) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("fixture", plan.fixture().name());
        record.put("message_group_uuid", plan.group().id());
        record.put("people", plan.fixture().people());
        record.put("messages", plan.fixture().lines().size());
        record.put("new", plan.counts().fresh());
        record.put("changed", plan.counts().changed());
        record.put("same", plan.counts().same());
        record.put("removed", plan.counts().removed());
        record.put("begins", plan.begins());
        record.put("file", plan.fixture().file());
        record.put("id", plan.fixture().identity());
        return record;
    }

    public static View table() {
        PeopleTones tones = new PeopleTones();
        return View.of(
                Column.left("fixture", row -> Text.of(String.valueOf(row.get("file")), Tone.KEY)),
                Column.right("messages", row -> Text.of(Quantities.count(number(row, "messages")))),
                Column.left("people", row -> people(row, tones)),
                Column.left("changes", SeedView::changes));
    }

    private static Text people(Map<String, @Nullable Object> row, PeopleTones tones) {
        List<?> handles = row.get("people") instanceof List<?> list ? list : List.of();
        Text people = Text.EMPTY;
        for (Object handle : handles) {
            people = people.isEmpty() ? people : people.plus(", ");
            people = people.plus(handle.toString(), tones.of(handle.toString()));
        }
        return people;
    }

    private static Text changes(Map<String, @Nullable Object> row) {
        List<String> parts = new ArrayList<>();
        for (String kind : List.of("new", "changed", "removed", "same")) {
            long count = number(row, kind);
            if (count > 0) {
                parts.add(Quantities.count(count) + " " + kind);
            }
        }
        boolean same = number(row, "same") == number(row, "messages") && parts.size() == 1;
        return Text.of(String.join(", ", parts), same ? Tone.SECONDARY : Tone.GOOD);
    }

    private static long number(Map<String, @Nullable Object> row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }
}
