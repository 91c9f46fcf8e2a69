package dev.dynacog.cli.render;

import dev.dynacog.cli.render.View.Align;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that fits the terminal. Its columns are as wide as the first page needs; where that is too much the widest are
 * cut, and where even that doesn't do, columns are left out from the right, which is said.
 */
final class TableRenderer implements Renderer {
    private static final String GAP = "  ";
    private static final int NARROWEST = 12;

    private final Console console;
    private final View view;
    private final List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
    private List<Column> columns = List.of();
    private int[] widths = {};
    private int leftOut;
    private boolean begun;

    TableRenderer(Console console, View view) {
        this.console = console;
        this.view = view;
    }

    @Override
    public void row(@Nullable Object record) {
        Map<String, @Nullable Object> named = FirstPage.asMap(record);
        if (begun) {
            printRow(cells(named));
        } else {
            waiting.add(named);
        }
    }

    @Override
    public void endOfPage() {
        if (!begun && !waiting.isEmpty()) {
            begun = true;
            columns = view.columns().isEmpty() ? fromRecords() : view.columns();
            List<List<Text>> rows = waiting.stream().map(this::cells).toList();
            fit(rows);
            printHeading();
            rows.forEach(this::printRow);
            waiting.clear();
        }
        console.out().flush();
    }

    private List<Column> fromRecords() {
        FirstPage first = new FirstPage(waiting);
        List<Column> found = new ArrayList<>();
        for (String name : first.names()) {
            boolean numbers =
                    waiting.stream().map(record -> record.get(name)).allMatch(TableRenderer::isNumberOrNothing);
            found.add(new Column(name, numbers ? Align.RIGHT : Align.LEFT, false, record -> shown(record, name)));
        }
        found.add(Column.left(FirstPage.REST, record -> {
            Map<String, @Nullable Object> rest = first.rest(record);
            return rest.isEmpty() ? Text.EMPTY : Text.of(JsonValues.text(rest), Tone.SECONDARY);
        }));
        return found;
    }

    private static boolean isNumberOrNothing(@Nullable Object value) {
        return value == null || value instanceof BigDecimal || value instanceof Long || value instanceof Integer;
    }

    /** A field that is absent shows as nothing, one that is null says so. */
    private static Text shown(Map<String, @Nullable Object> record, String name) {
        if (!record.containsKey(name)) {
            return Text.EMPTY;
        }
        Object value = record.get(name);
        if (value == null) {
            return Text.of("null", Tone.SECONDARY);
        }
        return value instanceof Map || value instanceof List
                ? Text.of(JsonValues.text(value), Tone.SECONDARY)
                : Text.of(value.toString());
    }

    private List<Text> cells(Map<String, @Nullable Object> record) {
        return columns.stream().map(column -> column.cell().apply(record)).toList();
    }

    private void fit(List<List<Text>> rows) {
        int[] wanted = new int[columns.size()];
        for (int i = 0; i < wanted.length; i++) {
            int column = i;
            int widest =
                    rows.stream().mapToInt(row -> row.get(column).width()).max().orElse(0);
            boolean openAndUnused = columns.get(i).heading().equals(FirstPage.REST) && widest == 0;
            wanted[i] = openAndUnused
                    ? 0
                    : Math.max(Text.of(columns.get(i).heading()).width(), widest);
        }
        int count = wanted.length;
        while (count > 1 && narrowest(wanted, count) > console.width()) {
            count--;
        }
        widths = Arrays.copyOf(wanted, count);
        // The last column is empty as long as no record adds to the first page's.
        leftOut = (int) Arrays.stream(wanted, count, wanted.length)
                .filter(width -> width > 0)
                .count();
        boolean canShrink = true;
        while (canShrink && total(widths) > console.width()) {
            canShrink = shrinkWidest();
        }
    }

    private int narrowest(int[] wanted, int count) {
        int[] least = new int[count];
        for (int i = 0; i < count; i++) {
            least[i] = columns.get(i).whole() ? wanted[i] : Math.min(wanted[i], NARROWEST);
        }
        return total(least);
    }

    private static int total(int[] widths) {
        long total = 0;
        for (int width : widths) {
            total += width == 0 ? 0 : width + GAP.length();
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, total - GAP.length()));
    }

    /** One that must stay whole gives way only when it is the last that is left. */
    private boolean shrinkWidest() {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean mayShrink = widths.length == 1 || !columns.get(i).whole();
            if (mayShrink && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest < 0 || widths[widest] <= 1) {
            return false;
        }
        widths[widest]--;
        return true;
    }

    private void printHeading() {
        List<Text> heading = new ArrayList<>();
        for (Column column : columns) {
            // The names of attributes keep their case: they are data.
            String name = view.columns().isEmpty()
                    ? column.heading()
                    : column.heading().toUpperCase(Locale.ROOT);
            heading.add(Text.of(name, Tone.HEADING));
        }
        print(heading);
    }

    /** Later pages may hold longer values than the first: while the line has room, none is cut, and none is left out. */
    private void widen(List<Text> cells) {
        for (int i = 0; i < widths.length; i++) {
            int missing = cells.get(i).width() - widths[i];
            int room = console.width() - total(widths) - (widths[i] == 0 ? GAP.length() : 0);
            if (missing > 0 && room > 0) {
                widths[i] += Math.min(missing, room);
            }
        }
        int last = columns.size() - 1;
        boolean restIsHidden = last >= widths.length || widths[last] == 0;
        if (restIsHidden
                && columns.get(last).heading().equals(FirstPage.REST)
                && !cells.get(last).isEmpty()) {
            leftOut = Math.max(leftOut, columns.size() - widths.length + (last < widths.length ? 1 : 0));
        }
    }

    private void printRow(List<Text> cells) {
        if (console.width() != Integer.MAX_VALUE) {
            widen(cells);
        }
        print(cells);
    }

    private void print(List<Text> cells) {
        Text line = Text.EMPTY;
        for (int i = 0; i < widths.length; i++) {
            boolean unbounded = console.width() == Integer.MAX_VALUE;
            if (widths[i] == 0 && !(unbounded && cells.get(i).width() > 0)) {
                continue;
            }
            Text cell = unbounded ? cells.get(i) : cells.get(i).cut(widths[i]);
            cell = columns.get(i).align() == Align.RIGHT ? cell.paddedLeft(widths[i]) : cell.padded(widths[i]);
            line = line.isEmpty() ? cell : line.plus(GAP).plus(cell);
        }
        console.print(line);
    }

    @Override
    public void close() {
        endOfPage();
        if (leftOut > 0) {
            console.note(
                    leftOut + (leftOut == 1 ? " column" : " columns") + " hidden: widen the terminal or use -o jsonl");
        }
    }
}
