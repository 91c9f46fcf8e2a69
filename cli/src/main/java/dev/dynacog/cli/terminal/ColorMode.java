package dev.dynacog.cli.terminal;

import java.util.Locale;

/** What {@code --color} takes. */
public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

    /** As it is typed and shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
