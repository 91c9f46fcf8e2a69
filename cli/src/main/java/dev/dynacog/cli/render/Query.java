package dev.dynacog.cli.render;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.dynacog.error.DynacogException;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JMESPath expression that is applied to each record. */
public final class Query {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final Expression<JsonNode> expression;

    private Query(Expression<JsonNode> expression) {
        this.expression = expression;
    }

    public static Query compile(String text) {
        try {
            return new Query(new JacksonRuntime().compile(text));
        } catch (JmesPathException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            throw new DynacogException.Usage(
                    "--query '" + text + "' is not JMESPath: " + (end < 0 ? message : message.substring(0, end)),
                    "for example --query '{name: name, rows: items}'; jmespath.org has the language");
        }
    }

    @Nullable
    Object apply(@Nullable Object record) {
        try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
            JsonValues.write(buffer, record);
            JsonNode node = mapper.readTree(buffer.asParser());
            return toPlain(expression.search(node));
        } catch (JmesPathException e) {
            throw new DynacogException.Usage("--query failed on a record: " + e.getMessage(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object toPlain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), toPlain(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(toPlain(element)));
            return list;
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? node.decimalValue() : node.asText();
    }
}
