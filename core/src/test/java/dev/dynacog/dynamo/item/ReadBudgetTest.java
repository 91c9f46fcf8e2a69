package dev.dynacog.dynamo.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.dynamo.item.ReadBudget.Page;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBudgetTest {
    private static final ReadCost COST = ReadCost.TABLE_OR_GLOBAL_INDEX;

    /** A table whose items all cost the same, read by one reader. */
    private static double spend(double units, double item) throws InterruptedException {
        ReadBudget budget = new ReadBudget(units, COST);
        double spent = 0;
        for (Optional<Page> page = budget.take(); page.isPresent(); page = budget.take()) {
            double cost = Math.min(128, page.get().items().orElse(Integer.MAX_VALUE) * item);
            cost = Math.max(0.5, cost);
            budget.settle(page.get(), cost);
            spent += cost;
        }
        return spent;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 20, 51, 128, 178, 1000, 12_345.6})
    void aBudgetIsUsedUpAndNeverPassedByMoreThanOneItem(double units) throws InterruptedException {
        for (double item : new double[] {0.01, 0.5, 7, 50}) {
            assertThat(spend(units, item)).isBetween(units, units + Math.max(0.5, item));
        }
    }

    @Test
    void smallItemsDontLetLargeOnesThrough() throws InterruptedException {
        ReadBudget budget = new ReadBudget(400, COST);
        Page small = budget.take().orElseThrow();
        assertThat(small.items()).isEmpty();
        budget.settle(small, 128);
        Page next = budget.take().orElseThrow();
        assertThat(next.items()).isEmpty();
        budget.settle(next, 128);
        assertThat(budget.take().orElseThrow().items()).hasValue(2);
    }

    @Test
    void whatOneSegmentMayTakeAnotherMayNot() throws InterruptedException {
        ReadBudget budget = new ReadBudget(120, COST);
        Page first = budget.take().orElseThrow();
        assertThat(first.items()).hasValue(2);
        AtomicBoolean waited = new AtomicBoolean(true);
        Thread second = new Thread(() -> {
            try {
                assertThat(budget.take()).isPresent();
                waited.set(first.paid() > 0);
            } catch (InterruptedException e) {
                waited.set(false);
            }
        });
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        budget.settle(first, 1);
        second.join();
        assertThat(waited).isTrue();
    }

    @Test
    void theLastItemOfAllIsReadByOneSegmentAlone() throws InterruptedException {
        ReadBudget budget = new ReadBudget(20, COST);
        Page last = budget.take().orElseThrow();
        assertThat(last.items()).hasValue(1);
        budget.settle(last, 50);
        assertThat(budget.take()).isEmpty();
        assertThat(DoubleStream.of(last.paid()).sum()).isEqualTo(20);
    }

    @Test
    void aLocalIndexIsReadItemByItemSinceEachMayBeFetched() throws InterruptedException {
        assertThat(new ReadBudget(1_000_000, ReadCost.LOCAL_INDEX)
                        .take()
                        .orElseThrow()
                        .items())
                .hasValue(10_000);
    }
}
