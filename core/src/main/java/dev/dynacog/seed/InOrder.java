package dev.dynacog.seed;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Two series of texts in their order, as one. */
final class InOrder implements Iterator<String> {
    private final Iterator<String> one;
    private final Iterator<String> other;
    private @Nullable String ofOne;
    private @Nullable String ofOther;

    InOrder(Iterator<String> one, Iterator<String> other) {
        this.one = one;
        this.other = other;
        this.ofOne = one.hasNext() ? one.next() : null;
        this.ofOther = other.hasNext() ? other.next() : null;
    }

    @Override
    public boolean hasNext() {
        return ofOne != null || ofOther != null;
    }

    @Override
    public String next() {
        String first = ofOne;
        String second = ofOther;
        if (first != null && (second == null || first.compareTo(second) <= 0)) {
            ofOne = one.hasNext() ? one.next() : null;
            return first;
        }
        if (second == null) {
            throw new NoSuchElementException();
        }
        ofOther = other.hasNext() ? other.next() : null;
        return second;
    }
}
