package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "prdo, prod,",
        "prd, prod, prod",
        "rod, prod, prod",
        "proda, prod, prod",
        "PROD, prod, prod",
        "abcdef, xyabcdef, xyabcdef",
        "abcdef, abdcef, abdcef",
        "abcdef, xyzabcdef,",
        "abxy, ab,",
        "abc, xyzabc,",
        "a, xyz,",
        "a, b, b"
    })
    void oneLetterInThreeMayBeWrong(String given, String known, String meant) {
        assertThat(Nearest.to(given, List.of(known))).isEqualTo(Optional.ofNullable(meant));
    }

    @Test
    void theClosestIsMeantAndOfTwoTheFirst() {
        assertThat(Nearest.to("abcdef", List.of("abcdxy", "abcdex", "abcdey"))).contains("abcdex");
        assertThat(Nearest.to("a", List.of())).isEmpty();
        assertThat(Nearest.hint("prd", List.of("prod"))).isEqualTo("did you mean prod? ");
        assertThat(Nearest.hint("x", List.of("prod"))).isEmpty();
    }
}
