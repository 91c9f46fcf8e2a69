package dev.dynacog.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.messages.LocalTable;
import dev.dynacog.messages.MessageTime;
import dev.dynacog.seed.SeedPlan.Placed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePlacesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Placed line(int number, long micros) {
        return new Placed(number, "id" + number, LocalTable.ANDREW, "text", NOON.plus(micros, ChronoUnit.MICROS));
    }

    private static String key(long micros) {
        return MessageTime.write(NOON.plus(micros, ChronoUnit.MICROS));
    }

    private static List<Long> places(List<Placed> lines, String... taken) {
        return new FreePlaces(Stream.of(taken).sorted().iterator())
                .find(lines).stream()
                        .map(placed -> NOON.until(placed.at(), ChronoUnit.MICROS))
                        .toList();
    }

    @Test
    void whereSomebodyElsesMessageStandsTheNextFreeMicrosecondIsTaken() {
        List<Placed> lines = List.of(line(0, 0), line(1, 1000), line(2, 2000));
        assertThat(places(lines)).containsExactly(0L, 1000L, 2000L);
        assertThat(places(lines, key(1000))).containsExactly(0L, 1001L, 2000L);
        assertThat(places(lines, key(1000), key(1001), key(1003), "2026-11-20", "~", key(-5), key(2000)))
                .containsExactly(0L, 1002L, 2001L);
    }

    @Test
    void aLineThatIsPushedPushesTheNextOne() {
        String[] taken = IntStream.range(0, 3).mapToObj(FreePlacesTest::key).toArray(String[]::new);
        assertThat(places(List.of(line(0, 0), line(1, 2), line(2, 3)), taken)).containsExactly(3L, 4L, 5L);
    }

    @Test
    void aHundredThousandLinesBesideSixThousandOthersAreOneWalkOverBoth() {
        List<Placed> lines =
                IntStream.range(0, 100_000).mapToObj(i -> line(i, i * 1000L)).toList();
        List<String> taken =
                IntStream.range(0, 6_000).mapToObj(i -> key(i * 16_000L)).toList();
        FreePlaces places = new FreePlaces(taken.iterator());
        assertThat(places.find(lines)).hasSize(100_000);
        assertThat(places.steps()).isLessThanOrEqualTo(100_000 + 6_000 + 1);
    }
}
