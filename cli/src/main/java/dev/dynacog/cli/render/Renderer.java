package dev.dynacog.cli.render;

import org.jspecify.annotations.Nullable;

/** Writes records as they come, in one format. Closing writes what ends the output, such as a bracket. */
public interface Renderer extends AutoCloseable {
    /** A record: a map with the names of its fields, or after {@code --query} whatever that made of it. */
    void row(@Nullable Object record);

    /** A page of records is complete: a person may see it now, and what needed to look at several records can. */
    void endOfPage();

    @Override
    void close();
}
