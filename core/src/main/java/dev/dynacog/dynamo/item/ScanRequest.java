package dev.dynacog.dynamo.item;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is to be read of a table.
 *
 * @param limit how many items at most
 * @param budget how many read units may be consumed in all
 * @param rate how many read units may be consumed in a second
 */
public record ScanRequest(
        String table,
        Optional<String> index,
        Selection selection,
        int segments,
        OptionalLong limit,
        OptionalDouble budget,
        OptionalDouble rate) {

    /** Each segment has a thread, a connection, and some pages in memory. */
    public static final int MOST_SEGMENTS = 32;

    /** Which items, and what of them. Values are as on the command line: texts, or typed JSON. */
    public record Selection(
            Optional<String> filter,
            Map<String, String> values,
            Map<String, String> names,
            Optional<String> projection,
            boolean countOnly,
            ItemJson.Form form) {
        public Selection {
            values = Map.copyOf(values);
            names = Map.copyOf(names);
        }

        public static Selection everything(ItemJson.Form form) {
            return new Selection(Optional.empty(), Map.of(), Map.of(), Optional.empty(), false, form);
        }
    }

    /** The whole table, one page after the other. */
    public static ScanRequest whole(String table, ItemJson.Form form) {
        return new ScanRequest(
                table,
                Optional.empty(),
                Selection.everything(form),
                1,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
