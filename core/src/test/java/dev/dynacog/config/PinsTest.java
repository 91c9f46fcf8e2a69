package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs from what a file pins is said with both places. */
class PinsTest {
    private static final Origin FILE = new Origin.ConfigFile(Path.of("/f"), 1);

    @TempDir
    Path home = Path.of("");

    private static Optional<Sourced<String>> one(String value) {
        return Optional.of(new Sourced<>(value, FILE));
    }

    private static List<Sourced<String>> all(String... values) {
        return List.of(values).stream().map(value -> new Sourced<>(value, FILE)).toList();
    }

    private static Pins regions(String... regions) {
        return new Pins(Optional.empty(), all(regions), Optional.empty(), List.of());
    }

    private Environment prod(String... variablesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < variablesAndValues.length; i += 2) {
            variables.put(variablesAndValues[i], variablesAndValues[i + 1]);
        }
        return new SettingsLoader(variables, home, Folders.of(Map.of(), home))
                .load(new Flags(Optional.of("prod"), Optional.empty(), Optional.empty(), Optional.empty()))
                .environment();
    }

    @Test
    void anyPinIsOne() {
        assertThat(Pins.NONE.isEmpty()).isTrue();
        assertThat(regions("eu-west-1").isEmpty()).isFalse();
        assertThat(new Pins(one("1"), List.of(), Optional.empty(), List.of()).isEmpty())
                .isFalse();
        assertThat(new Pins(Optional.empty(), List.of(), one("p"), List.of()).isEmpty())
                .isFalse();
        assertThat(new Pins(Optional.empty(), List.of(), Optional.empty(), all("h")).isEmpty())
                .isFalse();
    }

    @Test
    void eachIsShown() {
        assertThat(new Pins(one("1"), all("r", "s"), one("p"), all("h")).shown())
                .containsExactly(
                        new Settings.Shown("pin.account", Optional.of("1"), "/f:1"),
                        new Settings.Shown("pin.regions", Optional.of("r, s"), "/f:1"),
                        new Settings.Shown("pin.cognito.user-pool-id", Optional.of("p"), "/f:1"),
                        new Settings.Shown("pin.postgres.host", Optional.of("h"), "/f:1"));
        assertThat(Pins.NONE.shown()).isEmpty();
    }

    @Test
    void anotherRegionIsADifference() {
        Optional<Origin> flag = Optional.of(new Origin.Flag("--region"));
        assertThat(regions("eu-west-1", "eu-west-3").differenceOfRegion(Optional.of("us-east-1"), flag))
                .contains("the region is us-east-1 (--region), not eu-west-1 or eu-west-3 (/f:1)");
        assertThat(regions("eu-west-1").differenceOfRegion(Optional.of("us-east-1"), Optional.empty()))
                .contains("the region is us-east-1, not eu-west-1 (/f:1)");
        assertThat(regions("eu-west-1").differenceOfRegion(Optional.of("EU-west-1"), flag))
                .isEmpty();
        assertThat(regions("eu-west-1").differenceOfRegion(Optional.empty(), flag))
                .isEmpty();
        assertThat(regions().differenceOfRegion(Optional.of("us-east-1"), flag)).isEmpty();
    }

    @Test
    void anotherPoolIsADifference() {
        Pins pins = new Pins(Optional.empty(), List.of(), one("mine"), List.of());
        assertThat(pins.differencesOfPlaces(prod("AWS_COGNITO_USER_POOL_ID", "other")))
                .containsExactly("the Cognito pool is other (AWS_COGNITO_USER_POOL_ID), not mine (/f:1)");
        assertThat(pins.differencesOfPlaces(prod("AWS_COGNITO_USER_POOL_ID", "mine")))
                .isEmpty();
        assertThat(pins.differencesOfPlaces(prod())).isEmpty();
    }

    @Test
    void eachOtherHostIsADifference() {
        Pins pins = new Pins(Optional.empty(), List.of(), Optional.empty(), all("a", "b"));
        Environment elsewhere = prod("PROD_CONNECTION_URL", "postgresql://u@c,A,d/x");
        assertThat(pins.differencesOfPlaces(elsewhere))
                .containsExactly(
                        "the Postgres host is c (PROD_CONNECTION_URL), not a or b (/f:1)",
                        "the Postgres host is d (PROD_CONNECTION_URL), not a or b (/f:1)");
        assertThat(pins.differencesOfPlaces(prod("PROD_CONNECTION_URL", "postgresql://u@a/x")))
                .isEmpty();
        assertThat(Pins.NONE.differencesOfPlaces(elsewhere)).isEmpty();
    }

    @Test
    void anotherAccountIsADifferenceAndSoIsAnUnknownOne() {
        Pins pins = new Pins(one("1"), List.of(), Optional.empty(), List.of());
        assertThat(pins.differenceOfAccount(Optional.of("1"))).isEmpty();
        assertThat(pins.differenceOfAccount(Optional.of("2"))).contains("the account is 2, not 1 (/f:1)");
        assertThat(pins.differenceOfAccount(Optional.empty())).contains("the account is unknown, and must be 1 (/f:1)");
        assertThat(Pins.NONE.differenceOfAccount(Optional.empty())).isEmpty();
    }
}
