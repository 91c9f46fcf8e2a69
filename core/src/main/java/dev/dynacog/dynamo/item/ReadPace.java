package dev.dynacog.dynamo.item;

import java.util.concurrent.TimeUnit;

/**
 * So many read units a second, for all segments together. A page is paid for before it is read, by waiting; it is sized
 * to what half a second pays for, by what items have cost so far. When it took more than was thought, the next page
 * waits for that, too.
 */
final class ReadPace {
    private static final double PAGE_SECONDS = 0.5;
    private static final int MOST_ITEMS = 1_000_000;

    /** The clock, and waiting for it. */
    interface Time {
        Time OF_THE_MACHINE = new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };

        long nanos();

        void sleep(long nanos) throws InterruptedException;
    }

    private final double unitsPerSecond;
    private final Time time;
    private double consumed;
    private long scanned;
    private double paidUntil;

    ReadPace(double unitsPerSecond, Time time) {
        this.unitsPerSecond = unitsPerSecond;
        this.time = time;
        this.paidUntil = seconds();
    }

    private double seconds() {
        return time.nanos() / 1e9;
    }

    /**
     * A page that may be read now.
     *
     * @param items how many items it should have at most
     * @param paid what it was thought to cost
     */
    record Page(int items, double paid) {}

    /**
     * Waits for the next page.
     *
     * @param atMost so many items are wanted, or can be paid for otherwise
     */
    Page take(int atMost) throws InterruptedException {
        Page page;
        double wait;
        synchronized (this) {
            page = next(atMost);
            double now = seconds();
            paidUntil = Math.max(paidUntil, now) + page.paid() / unitsPerSecond;
            wait = paidUntil - now;
        }
        if (wait > 0) {
            time.sleep((long) (wait * 1e9));
        }
        return page;
    }

    private Page next(int atMost) {
        if (scanned == 0) {
            // What items cost is learned from one.
            return new Page(1, 0);
        }
        double item = consumed / scanned;
        int items = (int) Math.max(1, Math.min(Math.min(atMost, MOST_ITEMS), unitsPerSecond * PAGE_SECONDS / item));
        return new Page(items, items * item);
    }

    /** The page was read, and that is what it had and took. */
    synchronized void settle(Page page, long items, double units) {
        consumed += units;
        scanned += items;
        paidUntil += (units - page.paid()) / unitsPerSecond;
    }
}
