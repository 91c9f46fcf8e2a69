package dev.dynacog.cli.render;

/** What {@code --output} takes. */
public enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV
}
