package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Item;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;

/**
 * Puts what comes in the order of the keys' texts into the order of their instants. The two differ where keys have
 * different offsets, but never by more than the largest offset there is: so much is read ahead, and no more is held.
 */
final class InTimeOrder<T> implements Iterator<T> {
    /** In which direction the items come, and leave. */
    enum Direction {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    private record Waiting<T>(Instant instant, long number, T value) {}

    private final Iterator<Item> source;
    private final Function<Item, T> maker;
    private final Function<T, String> key;
    private final Direction direction;
    private final PriorityQueue<Waiting<T>> waiting;
    private final Queue<T> ready = new ArrayDeque<>();
    private long taken;
    private Instant beside;

    InTimeOrder(Iterator<Item> source, Function<Item, T> maker, Function<T, String> key, Direction direction) {
        this.source = source;
        this.maker = maker;
        this.key = key;
        this.direction = direction;
        this.beside = direction == Direction.OLDEST_FIRST ? Instant.MIN : Instant.MAX;
        Comparator<Waiting<T>> byInstant = Comparator.comparing(Waiting::instant);
        this.waiting = new PriorityQueue<>((direction == Direction.OLDEST_FIRST ? byInstant : byInstant.reversed())
                .thenComparing(Waiting::number));
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && source.hasNext()) {
            take(maker.apply(source.next()));
        }
        if (ready.isEmpty() && !waiting.isEmpty()) {
            ready.add(waiting.remove().value());
        }
        return !ready.isEmpty();
    }

    private void take(T value) {
        String text = key.apply(value);
        Optional<Instant> instant = MessageTime.read(text);
        // Without an instant of its own it stays beside what stands beside it as text.
        beside = instant.orElse(beside);
        waiting.add(new Waiting<>(beside, taken++, value));
        if (instant.isEmpty()) {
            return;
        }
        Instant position = MessageTime.position(text).orElse(beside);
        while (!waiting.isEmpty() && isSettled(waiting.element().instant(), position)) {
            ready.add(waiting.remove().value());
        }
    }

    /** Whether nothing that is still to come can stand before it. */
    private boolean isSettled(Instant instant, Instant position) {
        return direction == Direction.OLDEST_FIRST
                ? instant.isBefore(position.minus(MessageTime.LARGEST_OFFSET))
                : instant.isAfter(position.plus(MessageTime.LARGEST_OFFSET));
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
