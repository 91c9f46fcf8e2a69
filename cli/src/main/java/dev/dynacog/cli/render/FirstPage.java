package dev.dynacog.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of records whose fields nobody knows beforehand: those of the first page. What later records have beyond
 * them goes into one last column.
 */
final class FirstPage {
    /** The last column's name, when records after the first page have fields that the first page lacks. */
    static final String REST = "…";

    private final Set<String> names = new LinkedHashSet<>();

    FirstPage(List<Map<String, @Nullable Object>> records) {
        records.forEach(record -> names.addAll(record.keySet()));
    }

    List<String> names() {
        return new ArrayList<>(names);
    }

    /** The fields that have no column of their own. */
    Map<String, @Nullable Object> rest(Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        record.forEach((name, value) -> {
            if (!names.contains(name)) {
                rest.put(name, value);
            }
        });
        return rest;
    }

    /** After {@code --query} a record may be anything; a table needs names. */
    static Map<String, @Nullable Object> asMap(@Nullable Object record) {
        if (record instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
            return named;
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("value", record);
        return named;
    }
}
