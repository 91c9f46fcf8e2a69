package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table's name as it is typed: taken literally, quoted only where a name has a dot or a quote in it. */
public record TableName(Optional<String> schema, String name) {
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".]+)");

    public static TableName parse(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int at = 0;
        while (at <= text.length() && part.find(at) && part.start() == at) {
            parts.add(part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\""));
            at = part.end() + 1;
            if (part.end() < text.length() && text.charAt(part.end()) != '.') {
                break;
            }
        }
        if (at != text.length() + 1 || parts.size() > 2) {
            throw new DynacogException.Usage(
                    "'" + text + "' is not a table name", "write schema.table; put a name with a dot in double quotes");
        }
        return parts.size() == 1
                ? new TableName(Optional.empty(), parts.get(0))
                : new TableName(Optional.of(parts.get(0)), parts.get(1));
    }

    /** For SQL. */
    String quoted() {
        return schema.map(name -> quote(name) + ".").orElse("") + quote(name);
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return schema.map(prefix -> prefix + ".").orElse("") + name;
    }
}
