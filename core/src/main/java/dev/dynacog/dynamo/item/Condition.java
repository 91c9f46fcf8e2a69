package dev.dynacog.dynamo.item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of an item: that some attributes are absent, and that others have certain texts. */
public record Condition(List<String> absent, Map<String, String> texts) {
    public static final Condition NONE = new Condition(List.of(), Map.of());

    public Condition {
        absent = List.copyOf(absent);
        texts = Map.copyOf(texts);
    }

    /** There is no item with that key: of what is there, the key's own attribute never is absent. */
    public static Condition absent(String keyName) {
        return new Condition(List.of(keyName), Map.of());
    }

    public static Condition text(String name, String text) {
        return new Condition(List.of(), Map.of(name, text));
    }

    public Condition andText(String name, String text) {
        Map<String, String> all = new LinkedHashMap<>(texts);
        all.put(name, text);
        return new Condition(absent, all);
    }

    boolean isEmpty() {
        return absent.isEmpty() && texts.isEmpty();
    }

    /** The condition in DynamoDB's words, with its names and values collected in the expression it is part of. */
    String write(Expression expression) {
        List<String> terms = new ArrayList<>();
        absent.forEach(name -> terms.add("attribute_not_exists(" + expression.name(name) + ")"));
        texts.forEach((name, text) -> terms.add(expression.name(name) + " = " + expression.value(text)));
        return String.join(" AND ", terms);
    }

    /** The names and values that an expression stands on: no name can be a reserved word this way. */
    static final class Expression {
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, AttributeValue> values = new HashMap<>();

        String name(String name) {
            String placeholder = "#n" + names.size();
            names.put(placeholder, name);
            return placeholder;
        }

        String value(String text) {
            String placeholder = ":v" + values.size();
            values.put(placeholder, AttributeValue.fromS(text));
            return placeholder;
        }

        Map<String, String> names() {
            return names;
        }

        Map<String, AttributeValue> values() {
            return values;
        }
    }
}
