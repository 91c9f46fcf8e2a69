package dev.dynacog.dynamo.item;

import dev.dynacog.dynamo.item.ItemJson.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as it is stored. Whoever works with it asks for texts by name; what he doesn't know of goes along untouched,
 * to the digit.
 */
public final class Item {
    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = Map.copyOf(attributes);
    }

    public static Item ofTexts(Map<String, String> texts) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        texts.forEach((name, text) -> attributes.put(name, AttributeValue.fromS(text)));
        return new Item(attributes);
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    Map<String, AttributeValue> attributes() {
        return attributes;
    }

    /** A text; nothing when there is no such attribute, or when it is something else. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /** The same item with another text in it. */
    public Item with(String name, String text) {
        Map<String, AttributeValue> changed = new HashMap<>(attributes);
        changed.put(name, AttributeValue.fromS(text));
        return new Item(changed);
    }

    /** Only these attributes of it: its key, for example. */
    public Item only(List<String> names) {
        Map<String, AttributeValue> kept = new HashMap<>(attributes);
        kept.keySet().retainAll(names);
        return new Item(kept);
    }

    /** As plain values; the given names come first. */
    public Map<String, @Nullable Object> toMap(List<String> first) {
        return ItemJson.toMap(attributes, Form.PLAIN, first);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Item item && item.attributes.equals(attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return toMap(List.of()).toString();
    }
}
