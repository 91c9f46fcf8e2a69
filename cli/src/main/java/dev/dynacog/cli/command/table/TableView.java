package dev.dynacog.cli.command.table;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.table.TableSummary;
import dev.dynacog.dynamo.table.TableSummary.Index;
import dev.dynacog.dynamo.table.TableSummary.OnDemand;
import dev.dynacog.dynamo.table.TableSummary.Provisioned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables as records, as a list and as a page. */
public final class TableView {
    private TableView() {}

    /** The record of a table. */
    public static Map<String, @Nullable Object> record(TableSummary table) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("name", table.name());
        record.put("status", table.status());
        record.put("items", table.items());
        record.put("bytes", table.bytes());
        if (table.billing() instanceof Provisioned provisioned) {
            record.put("billing", "provisioned");
            record.put("read_units", provisioned.readUnits());
            record.put("write_units", provisioned.writeUnits());
        } else {
            record.put("billing", "on demand");
            record.put("read_units", null);
            record.put("write_units", null);
        }
        record.put("indexes", table.indexes().stream().map(Index::name).toList());
        record.put("stream", table.stream().orElse(null));
        record.put("deletion_protection", table.deletionProtection());
        record.put("created", table.created().orElse(null));
        return record;
    }

    /** The list of tables; with a first column for the region when there are several. */
    public static View list(boolean withRegion) {
        List<Column> columns = new ArrayList<>();
        if (withRegion) {
            columns.add(Column.left("region", row -> text(row, "region")));
        }
        columns.addAll(List.of(
                Column.left("table", row -> Text.of(String.valueOf(row.get("name")), Tone.KEY)),
                Column.left("status", row -> status(String.valueOf(row.get("status")))),
                Column.right("items", row -> Text.of(Quantities.count(number(row, "items")))),
                Column.right("size", row -> Text.of(Quantities.bytes(number(row, "bytes")))),
                Column.left("billing", row -> Text.of(billing(row))),
                Column.left("indexes", TableView::indexes)));
        return new View(columns);
    }

    /** Only the names. */
    public static View names() {
        return View.of(Column.left("table", row -> Text.of(String.valueOf(row.get("name")), Tone.KEY)));
    }

    private static Text text(Map<String, @Nullable Object> row, String field) {
        return Text.of(String.valueOf(row.get(field)));
    }

    private static long number(Map<String, @Nullable Object> row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static String billing(Map<String, @Nullable Object> row) {
        return "provisioned".equals(row.get("billing"))
                ? row.get("read_units") + "/" + row.get("write_units")
                : "on demand";
    }

    private static Text indexes(Map<String, @Nullable Object> row) {
        List<?> names = row.get("indexes") instanceof List<?> list ? list : List.of();
        return names.isEmpty()
                ? Text.of("—", Tone.SECONDARY)
                : Text.of(String.join(", ", names.stream().map(String::valueOf).toList()));
    }

    private static Text status(String status) {
        return Text.of(
                status,
                switch (status) {
                    case "ACTIVE" -> Tone.GOOD;
                    case "CREATING", "UPDATING" -> Tone.ATTENTION;
                    default -> Tone.DANGER;
                });
    }

    /** Everything about one table, for people. */
    public static List<Text> page(TableSummary table, Times times) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(table.name(), Tone.KEY).plus("  ").plus(status(table.status())));
        lines.add(line("items", Quantities.count(table.items()) + ", " + Quantities.bytes(table.bytes())));
        lines.add(line("key", keys(table.keys())));
        lines.add(line(
                "billing",
                table.billing() instanceof Provisioned provisioned
                        ? "provisioned " + provisioned.readUnits() + "/" + provisioned.writeUnits()
                        : table.billing() instanceof OnDemand ? "on demand" : ""));
        for (Index index : table.indexes()) {
            lines.add(line("index", index.name())
                    .plus("  " + keys(index.keys()) + ", " + index.projection(), Tone.SECONDARY)
                    .plus(
                            index.status().equals("ACTIVE")
                                    ? Text.EMPTY
                                    : Text.of("  ").plus(status(index.status()))));
        }
        lines.add(line("stream", table.stream().orElse("off")));
        lines.add(line("deletion", table.deletionProtection() ? "protected" : "not protected"));
        table.tableClass().ifPresent(name -> lines.add(line("class", name)));
        table.created().ifPresent(at -> lines.add(line("created", times.full(at))));
        table.arn().ifPresent(arn -> lines.add(line("arn", arn)));
        return lines;
    }

    private static String keys(TableSummary.Keys keys) {
        Optional<String> sort = keys.sort();
        return sort.map(name -> keys.partition() + " + " + name).orElse(keys.partition());
    }

    private static Text line(String what, String value) {
        return Text.of(what, Tone.SECONDARY).padded(10).plus(value);
    }
}
