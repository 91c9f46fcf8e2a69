package dev.dynacog.dynamo.item;

import java.util.Map;

/** One step of a transaction. All steps are done, each under its condition, or none is. */
public sealed interface Write {
    Condition condition();

    /** Puts an item in the place of whatever is there. */
    record Put(Item item, Condition condition) implements Write {}

    record Delete(Item key, Condition condition) implements Write {}

    /** Changes texts of the item where it stands. */
    record Update(Item key, Map<String, String> texts, Condition condition) implements Write {}

    /** Changes nothing, but the condition must hold. */
    record Check(Item key, Condition condition) implements Write {}
}
