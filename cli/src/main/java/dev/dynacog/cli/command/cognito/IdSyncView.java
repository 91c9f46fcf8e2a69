package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.render.Output;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.idsync.Category;
import dev.dynacog.idsync.Entry;
import dev.dynacog.idsync.IdSync.Written;
import dev.dynacog.idsync.OldValue;
import dev.dynacog.idsync.Plan;
import dev.dynacog.idsync.Plan.Counts;
import dev.dynacog.idsync.SyncRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a sync and what became of it. For scripts: a record {@code plan} with the counts, a record {@code entry}
 * for each user and row that is not already right, and a record {@code result}.
 */
public final class IdSyncView implements AutoCloseable {
    private static final int SHOWN = 12;

    private final Output output;
    private final Console console;
    private final Place place;
    private Optional<Renderer> records = Optional.empty();

    /** What is compared. */
    public record Place(String pool, PostgresUrl database, SyncRequest request, boolean dryRun) {}

    public IdSyncView(Output output, Console console, Place place) {
        this.output = output;
        this.console = console;
        this.place = place;
    }

    /** Shows the plan, counts first. */
    public void plan(Plan plan) {
        if (output.isForPeople()) {
            page(plan);
            return;
        }
        Renderer renderer = output.many(View.fromRecords());
        records = Optional.of(renderer);
        renderer.row(planRecord(plan.counts()));
        plan.forEach(entry -> renderer.row(entryRecord(entry)));
        renderer.endOfPage();
    }

    private Map<String, @Nullable Object> planRecord(Counts counts) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("record", "plan");
        record.put("pool", place.pool());
        record.put("users", counts.users());
        record.put("host", place.database().hostList());
        record.put("database", place.database().database());
        record.put("table", place.request().table().toString());
        record.put("column", place.request().idColumn());
        record.put("match", place.request().match().toString());
        record.put("rows", counts.rows());
        record.put("changes", counts.changes());
        record.put("ambiguous", counts.ambiguous());
        record.put("replaced", counts.replaced());
        Map<String, Object> byCategory = new LinkedHashMap<>();
        for (Category category : Category.values()) {
            byCategory.put(category.id(), counts.of(category));
        }
        record.put("counts", byCategory);
        record.put("dry_run", place.dryRun());
        return record;
    }

    private static Map<String, @Nullable Object> entryRecord(Entry entry) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("record", "entry");
        record.put("category", entry.category().id());
        record.put("handle", entry.handle().orElse(null));
        record.put("username", entry.username().orElse(null));
        record.put("sub", entry.sub().orElse(null));
        record.put("old", entry.old().orElse(null));
        record.put("detail", entry.detail().orElse(null));
        return record;
    }

    private void page(Plan plan) {
        Counts counts = plan.counts();
        Text from = Text.of("Cognito ")
                .plus(place.pool(), Tone.KEY)
                .plus("  " + Quantities.of(counts.users(), "user", "users"));
        Text to = Text.of("   →   ", Tone.SECONDARY)
                .plus(place.request().table().toString(), Tone.KEY)
                .plus(" in ")
                .plus(place.database().database(), Tone.KEY)
                .plus(" on " + place.database().hosts().get(0).name() + "  "
                        + Quantities.of(counts.rows(), "row", "rows"));
        if (from.width() + to.width() <= console.width()) {
            console.print(from.plus(to));
        } else {
            console.print(from);
            console.print(to);
        }
        int width = Quantities.count(Math.max(counts.users(), counts.rows())).length();
        count(counts, width, Category.TO_UPDATE, Tone.ATTENTION, "");
        replaced(counts.replaced() - counts.replacedData(), width, "sub", "pool");
        replaced(counts.replacedData(), width, "value", "column");
        if (place.request().insertMissing()) {
            count(counts, width, Category.TO_INSERT, Tone.ATTENTION, "");
        }
        count(counts, width, Category.ALREADY_RIGHT, Tone.GOOD, "");
        String advice = place.request().insertMissing() || counts.of(Category.ONLY_IN_COGNITO) == 0
                ? ""
                : "--insert-missing adds them";
        count(counts, width, Category.ONLY_IN_COGNITO, Tone.PLAIN, advice);
        count(counts, width, Category.ONLY_IN_POSTGRES, Tone.PLAIN, "");
        for (Category category : Category.values()) {
            if (category.isLeftAlone() && counts.of(category) > 0) {
                count(
                        counts,
                        width,
                        category,
                        Tone.DANGER,
                        category == Category.UNCONFIRMED ? "--include-unverified" : "left alone");
            }
        }
        Shortened changes = new Shortened();
        Shortened others = new Shortened();
        plan.forEach(entry -> (entry.category().isChange() ? changes : others).add(entry));
        changes.show(View.of(
                Column.left("handle", row -> text(row, "handle", Tone.KEY)),
                Column.left("now", IdSyncView::now),
                Column.whole("becomes", row -> text(row, "sub", Tone.GOOD))));
        others.show(View.of(
                Column.left("handle", row -> text(row, "handle", Tone.KEY)),
                Column.left("what", row -> Text.of(words(String.valueOf(row.get("category"))))),
                Column.whole("sub", row -> text(row, "sub", Tone.PLAIN)),
                Column.left("", row -> detail(row))));
        console.out().flush();
    }

    private void count(Counts counts, int width, Category category, Tone tone, String advice) {
        String number = Quantities.count(counts.of(category));
        console.print(Text.of("  ")
                .plus(Text.of(words(category.id())).padded(26))
                .plus(Text.of(number, counts.of(category) == 0 ? Tone.SECONDARY : tone)
                        .paddedLeft(width))
                .plus(advice.isEmpty() ? "" : "   " + advice, Tone.SECONDARY));
    }

    private void replaced(long rows, int width, String what, String doubtful) {
        if (rows > 0) {
            console.print(Text.of("    ")
                    .plus(Text.of("replacing another " + what).padded(24))
                    .plus(Text.of(Quantities.count(rows), Tone.DANGER).paddedLeft(width))
                    .plus("   is it the right " + doubtful + "? --max-replaced", Tone.SECONDARY));
        }
    }

    private static String words(String category) {
        return category.replace('_', ' ').replace("cognito", "Cognito").replace("postgres", "Postgres");
    }

    private static Text text(Map<String, @Nullable Object> row, String field, Tone tone) {
        Object value = row.get(field);
        return value == null ? Text.of("—", Tone.SECONDARY) : Text.of(value.toString(), tone);
    }

    /** Data of another kind is nobody's business here. */
    private static Text now(Map<String, @Nullable Object> row) {
        return OldValue.of(Optional.ofNullable((String) row.get("old"))) == OldValue.OTHER
                ? Text.of("another value", Tone.DANGER)
                : text(row, "old", Tone.DANGER);
    }

    private static Text detail(Map<String, @Nullable Object> row) {
        Object detail = row.get("detail");
        return detail == null ? Text.EMPTY : Text.of(detail.toString(), Tone.SECONDARY);
    }

    /** The first few entries of a kind, and how many more there are. */
    private final class Shortened {
        private final List<Entry> first = new ArrayList<>();
        private long more;

        void add(Entry entry) {
            if (first.size() < SHOWN) {
                first.add(entry);
            } else {
                more++;
            }
        }

        void show(View view) {
            if (first.isEmpty()) {
                return;
            }
            console.print(Text.EMPTY);
            output.all(view, first.stream().map(IdSyncView::entryRecord).toList());
            if (more > 0) {
                console.print(Text.of("…" + Quantities.count(more) + " more: -o jsonl", Tone.SECONDARY));
            }
        }
    }

    /** Nothing was written because it was asked so. */
    public void notWritten(String option) {
        result("not_written", 0, 0, Text.of("Nothing was written (" + option + ")."));
    }

    public void nothingToDo() {
        result("nothing_to_do", 0, 0, Text.of("Nothing to update.", Tone.GOOD));
    }

    public void written(Written written) {
        String added = written.inserted() == 0
                ? ""
                : ", " + Quantities.of(written.inserted(), "row was", "rows were") + " added";
        result(
                "written",
                written.updated(),
                written.inserted(),
                Text.of(
                        Quantities.of(written.updated(), "row was", "rows were") + " changed" + added + ".",
                        Tone.GOOD));
    }

    private void result(String outcome, long updated, long inserted, Text forPeople) {
        if (records.isEmpty()) {
            console.print(Text.EMPTY);
            console.print(forPeople);
            console.out().flush();
            return;
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("record", "result");
        record.put("outcome", outcome);
        record.put("updated", updated);
        record.put("inserted", inserted);
        records.get().row(record);
    }

    /** Also when there is no result, because it failed: what was written stays well-formed. */
    @Override
    public void close() {
        records.ifPresent(Renderer::close);
    }
}
