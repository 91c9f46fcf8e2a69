package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.dynamo.item.Item;
import dev.dynacog.messages.InTimeOrder.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class InTimeOrderTest {
    private int taken;

    /** The keys as a table has them, counted as they are taken. */
    private InTimeOrder<String> order(Direction direction, String... keys) {
        List<String> sorted = new ArrayList<>(Arrays.asList(keys));
        Collections.sort(sorted);
        if (direction == Direction.NEWEST_FIRST) {
            Collections.reverse(sorted);
        }
        Iterator<String> source = sorted.iterator();
        Iterator<Item> items = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public Item next() {
                taken++;
                return Item.ofTexts(Map.of("sk", source.next()));
            }
        };
        return new InTimeOrder<>(items, item -> item.text("sk").orElseThrow(), key -> key, direction);
    }

    private static List<String> all(InTimeOrder<String> order) {
        List<String> all = new ArrayList<>();
        order.forEachRemaining(all::add);
        return all;
    }

    private static final String EARLY = "2026-11-20T12:00:00+18:00";
    private static final String NOON = "2026-11-20T11:00:00Z";
    private static final String LATE = "2026-11-20T10:00:00-18:00";

    @Test
    void offsetsAreTakenIntoAccountInBothDirections() {
        assertThat(all(order(Direction.OLDEST_FIRST, LATE, NOON, EARLY))).containsExactly(EARLY, NOON, LATE);
        assertThat(all(order(Direction.NEWEST_FIRST, LATE, NOON, EARLY))).containsExactly(LATE, NOON, EARLY);
    }

    /** What comes next may have a smaller offset than what was just read. */
    @Test
    void itIsTheTextThatSaysWhatMayStillCome() {
        String far = "2026-11-20T10:00:00-18:00";
        String near = "2026-11-20T09:00:00Z";
        String before = "2026-11-20T11:00:00+18:00";
        assertThat(all(order(Direction.OLDEST_FIRST, near, far, before))).containsExactly(before, near, far);
    }

    @Test
    void whatIsAtTheSameInstantStaysInTheOrderOfTheTexts() {
        String inParis = "2026-11-20T12:00:00+01:00";
        assertThat(all(order(Direction.OLDEST_FIRST, inParis, NOON))).containsExactly(NOON, inParis);
        assertThat(all(order(Direction.NEWEST_FIRST, inParis, NOON))).containsExactly(inParis, NOON);
    }

    @Test
    void whatHasNoTimeStaysBesideItsNeighbour() {
        String none = "2026-11-20T11:30:00 or so";
        String next = "2026-11-20T12:00:00Z";
        assertThat(all(order(Direction.OLDEST_FIRST, NOON, none, next))).containsExactly(NOON, none, next);
        assertThat(all(order(Direction.NEWEST_FIRST, NOON, none, next))).containsExactly(next, none, NOON);
        assertThat(all(order(Direction.OLDEST_FIRST, "0 none", NOON))).containsExactly("0 none", NOON);
        assertThat(all(order(Direction.NEWEST_FIRST, "some day", NOON))).containsExactly("some day", NOON);
    }

    /** So much is read ahead, and no more. */
    @Test
    void nothingIsHeldLongerThanTheLargestOffset() {
        String[] hours = new String[48];
        for (int hour = 0; hour < 48; hour++) {
            hours[hour] = "2026-11-%02dT%02d:00:00Z".formatted(20 + hour / 24, hour % 24);
        }
        InTimeOrder<String> oldest = order(Direction.OLDEST_FIRST, hours);
        assertThat(taken).isZero();
        assertThat(oldest.next()).isEqualTo(hours[0]);
        assertThat(taken).isEqualTo(20);
        assertThat(all(oldest)).hasSize(47);
        taken = 0;
        InTimeOrder<String> newest = order(Direction.NEWEST_FIRST, hours);
        assertThat(newest.hasNext()).isTrue();
        assertThat(newest.hasNext()).isTrue();
        assertThat(taken).isEqualTo(20);
        assertThat(newest.next()).isEqualTo(hours[47]);
    }

    @Test
    void afterTheLastThereIsNone() {
        InTimeOrder<String> none = order(Direction.OLDEST_FIRST);
        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
}
