package dev.dynacog.cli.command.table;

import dev.dynacog.cli.render.Output;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.table.SchemaChange.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What schema-load did or found. */
public final class SchemaView {
    private SchemaView() {}

    /** How it ended for one table. */
    public enum Action {
        CREATED("created and ready to use", Tone.GOOD),
        CREATING("is being made", Tone.ATTENTION),
        SAME("matches its schema", Tone.GOOD),
        CHANGED("updated to match its schema", Tone.GOOD),
        DIFFERENT("differs from its schema", Tone.ATTENTION),
        WOULD_CREATE("would be created (--dry-run)", Tone.PLAIN);

        private final String words;
        private final Tone tone;

        Action(String words, Tone tone) {
            this.words = words;
            this.tone = tone;
        }
    }

    /** One table's outcome, and the differences that are left. */
    public record Outcome(String table, Action action, List<Difference> differences) {
        public boolean isDifferent() {
            return action == Action.DIFFERENT;
        }
    }

    public static void show(Output output, Console console, List<Outcome> outcomes) {
        if (output.isForPeople()) {
            outcomes.forEach(outcome -> page(outcome).forEach(console::print));
            console.out().flush();
        } else {
            output.all(
                    View.fromRecords(),
                    outcomes.stream().map(SchemaView::record).toList());
        }
    }

    private static List<Text> page(Outcome outcome) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(outcome.table(), Tone.KEY).plus("  ").plus(outcome.action().words, outcome.action().tone));
        lines.addAll(lines(outcome.differences()));
        return lines;
    }

    /** What --apply is about to change. */
    public static List<Text> plan(String table, List<Difference> differences) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of("schema-load --apply changes the table ")
                .plus(table, Tone.KEY)
                .plus(":"));
        lines.addAll(lines(differences));
        return lines;
    }

    private static List<Text> lines(List<Difference> differences) {
        int widest = differences.stream()
                .mapToInt(difference -> Text.of(difference.what()).width())
                .max()
                .orElse(0);
        return differences.stream()
                .map(difference -> Text.of("  ")
                        .plus(Text.of(difference.what()).padded(widest))
                        .plus("  is ", Tone.SECONDARY)
                        .plus(difference.found(), Tone.DANGER)
                        .plus("  should be ", Tone.SECONDARY)
                        .plus(difference.wanted(), Tone.GOOD)
                        .plus(difference.canBeApplied() ? "" : "  (needs a new table)", Tone.ATTENTION))
                .toList();
    }

    private static Map<String, @Nullable Object> record(Outcome outcome) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("table", outcome.table());
        record.put("action", outcome.action().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        record.put(
                "differences",
                outcome.differences().stream().map(SchemaView::record).toList());
        return record;
    }

    private static Map<String, @Nullable Object> record(Difference difference) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("what", difference.what());
        record.put("wanted", difference.wanted());
        record.put("found", difference.found());
        record.put("can_be_applied", difference.canBeApplied());
        return record;
    }
}
