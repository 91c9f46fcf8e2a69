package dev.dynacog.cli.terminal;

/** What {@code --color} takes. */
public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
}
