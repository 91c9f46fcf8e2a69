package dev.dynacog.idsync;

import java.util.Optional;

/**
 * A line of the plan.
 *
 * @param handle what was matched; the row's where no user has it
 * @param sub the user's sub
 * @param old what the row has now
 * @param detail for people
 */
public record Entry(
        Category category,
        Optional<String> username,
        Optional<String> handle,
        Optional<String> sub,
        Optional<String> old,
        Optional<String> detail) {

    /** Whether the row loses a value to the sub, instead of getting its first. */
    public boolean replaces() {
        return category == Category.TO_UPDATE
                && OldValue.of(old) != OldValue.PLACEHOLDER
                && !old.orElse("").equalsIgnoreCase(sub.orElse(""));
    }

    /** Whether it loses one that is no sub. */
    public boolean replacesData() {
        return replaces() && OldValue.of(old) == OldValue.OTHER;
    }

    Entry as(Category other, Optional<String> why) {
        return new Entry(other, username, handle, sub, old, why);
    }
}
