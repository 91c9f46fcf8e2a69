package dev.dynacog.cli.render;

import dev.dynacog.error.DynacogException;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jcf.JcfRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JMESPath expression that is applied to each record. */
public final class Query {
    /** Each is a level of recursion, when the expression is read and for every record; some 1,500 fill the stack. */
    private static final String STEPS = "([{.|&!";

    private static final int MOST_STEPS = 500;

    private final Expression<Object> expression;

    private Query(Expression<Object> expression) {
        this.expression = expression;
    }

    public static Query compile(String text) {
        long steps = text.chars().filter(unit -> STEPS.indexOf(unit) >= 0).count();
        if (steps > MOST_STEPS) {
            throw new DynacogException.Usage(
                    "--query has " + steps + " steps and brackets, and may have " + MOST_STEPS,
                    "pipe the records through jq instead");
        }
        try {
            return new Query(new JcfRuntime().compile(text));
        } catch (JmesPathException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            throw new DynacogException.Usage(
                    "--query '" + text + "' is not JMESPath: " + (end < 0 ? message : message.substring(0, end)),
                    "for example --query '{name: name, rows: items}'; see jmespath.org");
        }
    }

    @Nullable
    Object apply(@Nullable Object record) {
        try {
            return finite(expression.search(plain(record)));
        } catch (JmesPathException e) {
            throw new DynacogException.Usage("--query failed on a record: " + e.getMessage(), "");
        }
    }

    /** Sums and literals beyond what a double holds are no numbers of JSON. */
    private static @Nullable Object finite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(Query::finite);
        } else if (value instanceof List<?> list) {
            list.forEach(Query::finite);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw new DynacogException.Usage(
                    "--query gives a number that is too large", "the largest is about 1.8e308");
        }
        return value;
    }

    /** What JSON has: instants, paths and addresses are their text. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
