package dev.dynacog.cli.render;

import dev.dynacog.cli.terminal.Text;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How records of one kind look as a table. A view without columns takes them from the records. */
public record View(List<Column> columns) {

    /** On which side of its column a cell stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    /**
     * One column.
     *
     * @param whole whether its cells are worth nothing when they are cut, as ids are
     * @param cell what a record shows in it
     */
    public record Column(
            String heading, Align align, boolean whole, Function<Map<String, @Nullable Object>, Text> cell) {
        public static Column whole(String heading, Function<Map<String, @Nullable Object>, Text> cell) {
            return new Column(heading, Align.LEFT, true, cell);
        }

        public static Column left(String heading, Function<Map<String, @Nullable Object>, Text> cell) {
            return new Column(heading, Align.LEFT, false, cell);
        }

        public static Column right(String heading, Function<Map<String, @Nullable Object>, Text> cell) {
            return new Column(heading, Align.RIGHT, false, cell);
        }
    }

    public View {
        columns = List.copyOf(columns);
    }

    public static View of(Column... columns) {
        return new View(List.of(columns));
    }

    /** For records whose fields nobody knows beforehand. */
    public static View fromRecords() {
        return new View(List.of());
    }
}
