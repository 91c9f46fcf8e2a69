package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void linear() {
        assertThat(PowerLaw.exponent(Map.of(10, 3.0, 100, 30.0, 1000, 300.0))).isCloseTo(1, within(1e-9));
    }

    @Test
    void quadratic() {
        assertThat(PowerLaw.exponent(Map.of(10, 5.0, 100, 500.0, 1000, 50_000.0)))
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void constant() {
        assertThat(PowerLaw.exponent(Map.of(10, 3.0, 1000, 3.0))).isCloseTo(0, within(1e-9));
    }

    @Test
    void throughPointsThatAreOffTheLineByLeastSquares() {
        // Logarithms (0, 0), (1, 2), (2, 1) to the base of ten: the slope is 0.5.
        assertThat(PowerLaw.exponent(Map.of(1, 1.0, 10, 100.0, 100, 10.0))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void onePointIsNoLine() {
        assertThatThrownBy(() -> PowerLaw.exponent(Map.of(1, 1.0))).isInstanceOf(IllegalArgumentException.class);
    }
}
