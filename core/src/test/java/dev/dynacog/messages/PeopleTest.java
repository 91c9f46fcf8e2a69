package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final Person TWIN = new Person("twin", "bayko", "Another Bayko");

    private final List<String> asked = new ArrayList<>();

    private People people(List<String> similar, Person... there) {
        return new People() {
            @Override
            public Lookup lookUp(Collection<String> handles) {
                asked.addAll(handles);
                return new Lookup(List.of(there), similar);
            }

            @Override
            public String place() {
                return "here";
            }

            @Override
            public String remedy() {
                return "make them";
            }
        };
    }

    @Test
    void everybodyIsFoundByTheHandleAndAskedForOnce() {
        People.Found found = people(List.of(), ANDREW, BAYKO).require(List.of("bayko", "andrewbrown", "bayko"));
        assertThat(found.of("bayko")).isEqualTo(BAYKO);
        assertThat(found.of("andrewbrown")).isEqualTo(ANDREW);
        assertThat(asked).containsExactly("bayko", "andrewbrown");
        assertThatThrownBy(() -> found.of("londo")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allWhoAreMissingOrThereTwiceAreNamedAtOnce() {
        assertThatThrownBy(() -> people(List.of("other", "Londo"), ANDREW, BAYKO, TWIN)
                        .require(List.of("andrewbrown", "bayko", "londo", "nobody", "othe")))
                .isInstanceOfSatisfying(
                        DynacogException.NotFound.class,
                        missing -> assertThat(missing.hint()).isEqualTo("make them"))
                .hasMessage("not found in here: bayko (there 2 times: " + BAYKO.uuid()
                        + ", twin), londo (there is Londo, which differs in case), nobody, othe (did you mean other?)");
    }
}
