package dev.dynacog.dynamo.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPaceTest {
    /** A clock that sleeping moves. */
    private static final class Slept implements ReadPace.Time {
        private long now = 1_000;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 50})
    void theRateHoldsFromTheFirstSecondToTheLast(double item) throws InterruptedException {
        Slept time = new Slept();
        ReadPace pace = new ReadPace(20, time);
        long begin = time.nanos();
        double spent = 0;
        double largest = 0;
        for (int i = 0; i < 500; i++) {
            ReadPace.Page page = pace.take(Integer.MAX_VALUE);
            double cost = Math.max(0.5, page.items() * item);
            pace.settle(page, page.items(), cost);
            spent += cost;
            largest = Math.max(largest, cost);
            double seconds = (time.nanos() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            assertThat(spent - largest).isLessThanOrEqualTo(20 * seconds + 0.001);
        }
        assertThat(largest).isLessThanOrEqualTo(Math.max(10, item) + 0.5);
        assertThat(spent).isGreaterThan(0.9 * 20 * (time.nanos() - begin) / 1e9);
    }

    @Test
    void aPageThatCostMoreThanThoughtIsWaitedForAfterwards() throws InterruptedException {
        Slept time = new Slept();
        ReadPace pace = new ReadPace(10, time);
        pace.settle(pace.take(Integer.MAX_VALUE), 1, 0.5);
        ReadPace.Page page = pace.take(Integer.MAX_VALUE);
        pace.settle(page, page.items(), 100);
        long before = time.nanos();
        pace.take(1);
        assertThat(time.nanos() - before).isGreaterThan(TimeUnit.SECONDS.toNanos(9));
    }
}
