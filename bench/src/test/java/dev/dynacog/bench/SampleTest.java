package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void medianAndQuartilesOfAnOddNumber() {
        Sample sample = Sample.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0));
        assertThat(sample.median()).isEqualTo(3);
        assertThat(sample.lowerQuartile()).isEqualTo(2);
        assertThat(sample.upperQuartile()).isEqualTo(4);
    }

    @Test
    void betweenTwoValuesInProportion() {
        Sample sample = Sample.of(List.of(10.0, 40.0, 20.0, 30.0));
        assertThat(sample.median()).isEqualTo(25);
        assertThat(sample.lowerQuartile()).isCloseTo(17.5, within(1e-9));
        assertThat(sample.upperQuartile()).isCloseTo(32.5, within(1e-9));
    }

    @Test
    void oneValueIsAllThree() {
        Sample sample = Sample.of(List.of(7.0));
        assertThat(List.of(sample.lowerQuartile(), sample.median(), sample.upperQuartile()))
                .containsOnly(7.0);
    }

    @Test
    void nothingIsNoSample() {
        assertThatThrownBy(() -> Sample.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
