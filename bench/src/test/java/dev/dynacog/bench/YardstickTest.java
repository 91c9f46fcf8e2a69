package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class YardstickTest {
    private static final Sample OWN = Sample.of(List.of(100.0, 200.0, 400.0));
    private static final Sample RIVAL = Sample.of(List.of(1000.0));

    @Test
    void timesAreShownAsTheyAre() {
        Yardstick time = new Yardstick.Time();
        assertThat(time.shown(OWN)).isEqualTo("200 (150–300)");
        assertThat(time.shown(RIVAL)).isEqualTo("1,000");
        assertThat(time.ratio(OWN, RIVAL)).isEqualTo(0.2);
        assertThat(time.goal(0.2, 0.2)).isEqualTo("≤ 0.20 met");
        assertThat(time.goal(0.2, 0.21)).isEqualTo("≤ 0.20 missed");
    }

    @Test
    void ofRatesTheHigherIsTheBetter() {
        Yardstick rate = new Yardstick.Rate(1000);
        assertThat(rate.shown(OWN)).isEqualTo("5,000 (3,333–6,667)");
        assertThat(rate.ratio(OWN, RIVAL)).isEqualTo(5);
        assertThat(rate.goal(5, 5)).isEqualTo("≥ 5 × met");
        assertThat(rate.goal(5, 4.9)).isEqualTo("≥ 5 × missed");
    }
}
