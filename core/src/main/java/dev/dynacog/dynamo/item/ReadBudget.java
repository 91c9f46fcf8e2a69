package dev.dynacog.dynamo.item;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * So many read units and no more, for all segments together. Nobody knows how large the next items are, so a page is
 * paid for at its worst before it is read, and what it didn't take comes back: while there is enough, pages are whole;
 * of the last units each is of as many items as they pay for whatever these cost. Only the last item of all may cost
 * more than is left.
 */
final class ReadBudget {
    private final ReadCost cost;
    private double left;
    private int outstanding;

    ReadBudget(double units, ReadCost cost) {
        this.left = units;
        this.cost = cost;
    }

    /**
     * A page that may be read.
     *
     * @param items how many items it may have; nothing when as many as the service gives
     * @param paid what it costs at worst
     */
    record Page(OptionalInt items, double paid) {}

    /** Waits until something may be read, by coming back of what others didn't need; nothing when all is spent. */
    synchronized Optional<Page> take() throws InterruptedException {
        while (true) {
            Optional<Page> page = affordable();
            if (page.isPresent()) {
                left -= page.get().paid();
                outstanding++;
                return page;
            }
            if (outstanding == 0) {
                return Optional.empty();
            }
            wait();
        }
    }

    private Optional<Page> affordable() {
        if (left >= cost.page()) {
            return Optional.of(new Page(OptionalInt.empty(), cost.page()));
        }
        int items = (int) Math.min(left / cost.item(), Integer.MAX_VALUE);
        if (items > 0) {
            return Optional.of(new Page(OptionalInt.of(items), items * cost.item()));
        }
        // The one item that may pass the budget: while nobody else reads, so that there is only one.
        return left > 0 && outstanding == 0 ? Optional.of(new Page(OptionalInt.of(1), left)) : Optional.empty();
    }

    /** The page was read, and that is what it took. */
    synchronized void settle(Page page, double consumed) {
        left += page.paid() - consumed;
        outstanding--;
        notifyAll();
    }
}
