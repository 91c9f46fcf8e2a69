package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.dynamo.item.ItemPages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened in a range of time, in order, read as it is taken. */
public final class Chronicle<T> implements Iterator<T> {
    private final ItemPages pages;
    private final Iterator<T> ordered;
    private final TimeRange range;
    private final Function<T, Optional<Instant>> at;
    private @Nullable T next;
    private long unreadable;

    Chronicle(ItemPages pages, Iterator<T> ordered, TimeRange range, Function<T, Optional<Instant>> at) {
        this.pages = pages;
        this.ordered = ordered;
        this.range = range;
        this.at = at;
    }

    @Override
    public boolean hasNext() {
        while (next == null && ordered.hasNext()) {
            T candidate = ordered.next();
            Optional<Instant> instant = at.apply(candidate);
            if (instant.isEmpty()) {
                unreadable++;
            }
            if (instant.map(range::contains).orElse(range.isAll())) {
                next = candidate;
            }
        }
        return next != null;
    }

    @Override
    public T next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        T taken = next;
        next = null;
        return taken;
    }

    /** How many met so far have a time that can't be read. Without a range they stand where their key does. */
    public long unreadable() {
        return unreadable;
    }

    /** What was consumed so far. */
    public Capacity capacity() {
        return pages.capacity();
    }

    /** The first so many; what follows is counted where it was read already. */
    Excerpt<T> first(int limit) {
        List<T> shown = new ArrayList<>();
        while (shown.size() < limit && hasNext()) {
            shown.add(next());
        }
        if (!hasNext()) {
            return new Excerpt<>(shown, false, OptionalLong.of(0), unreadable, capacity());
        }
        OptionalLong older = OptionalLong.empty();
        if (pages.isRead()) {
            long count = 0;
            while (hasNext()) {
                next();
                count++;
            }
            older = OptionalLong.of(count);
        }
        return new Excerpt<>(shown, true, older, unreadable, capacity());
    }
}
