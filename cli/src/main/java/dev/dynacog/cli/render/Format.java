package dev.dynacog.cli.render;

import java.util.Locale;

/** What {@code --output} takes. */
public enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV,
    YAML;

    /** As it is typed and shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
