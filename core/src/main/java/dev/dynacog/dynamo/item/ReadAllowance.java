package dev.dynacog.dynamo.item;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the segments of a scan may read next: by its budget, its rate, and how many items are wanted. */
final class ReadAllowance {
    private final Optional<ReadBudget> budget;
    private final Optional<ReadPace> pace;
    private final OptionalLong wanted;

    ReadAllowance(ScanRequest request, ReadCost cost) {
        this.budget = request.budget().isPresent()
                ? Optional.of(new ReadBudget(request.budget().getAsDouble(), cost))
                : Optional.empty();
        this.pace = request.rate().isPresent()
                ? Optional.of(new ReadPace(request.rate().getAsDouble(), ReadPace.Time.OF_THE_MACHINE))
                : Optional.empty();
        // With a filter the service counts what it reads, not what it gives: a small page would cost a request each.
        // One more than wanted tells whether there are more.
        this.wanted =
                request.limit().isPresent() && request.selection().filter().isEmpty()
                        ? OptionalLong.of(request.limit().getAsLong() + 1)
                        : OptionalLong.empty();
    }

    /** Whether it has to be known what was consumed. */
    boolean isBounded() {
        return budget.isPresent() || pace.isPresent();
    }

    /**
     * A page that may be read now.
     *
     * @param items how many items it may have; nothing when as many as the service gives
     */
    record Page(OptionalInt items, Optional<ReadBudget.Page> ofBudget, Optional<ReadPace.Page> ofPace) {}

    /** Waits until something may be read; nothing when the budget is used up. */
    Optional<Page> take() throws InterruptedException {
        int items = (int) Math.min(wanted.orElse(Integer.MAX_VALUE), Integer.MAX_VALUE);
        Optional<ReadBudget.Page> ofBudget = Optional.empty();
        if (budget.isPresent()) {
            ofBudget = budget.get().take();
            if (ofBudget.isEmpty()) {
                return Optional.empty();
            }
            items = Math.min(items, ofBudget.get().items().orElse(Integer.MAX_VALUE));
        }
        Optional<ReadPace.Page> ofPace = Optional.empty();
        if (pace.isPresent()) {
            ofPace = Optional.of(pace.get().take(items));
            items = Math.min(items, ofPace.get().items());
        }
        return Optional.of(
                new Page(items == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(items), ofBudget, ofPace));
    }

    /** The page was read, and that is what it had and took. */
    void settle(Page page, long items, double consumed) {
        page.ofBudget().ifPresent(paid -> budget.orElseThrow().settle(paid, consumed));
        page.ofPace().ifPresent(paid -> pace.orElseThrow().settle(paid, items, consumed));
    }
}
