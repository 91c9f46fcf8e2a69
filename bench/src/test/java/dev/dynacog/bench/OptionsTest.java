package dev.dynacog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void sectionsAndJavasMayBeRepeated() {
        Options options = Options.parse("--only", "stub", "--only", "growth", "--java", "a", "--java", "b");
        assertThat(options.javaHomes()).containsExactly(Path.of("a"), Path.of("b"));
        assertThat(options.wants("stub")).isTrue();
        assertThat(options.wants("local")).isFalse();
    }

    @Test
    void withoutAnyAllSectionsAreWanted() {
        assertThat(Section.NAMES).allMatch(Options.parse()::wants);
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> Options.parse("--quik")).hasMessage("unknown option '--quik'");
        assertThatThrownBy(() -> Options.parse("--rounds")).hasMessage("--rounds needs a value");
        assertThatThrownBy(() -> Options.parse("--rounds", "0")).hasMessageContaining("from 1 to 9999");
        assertThatThrownBy(() -> Options.parse("--only", "tea")).hasMessage("there is no section 'tea'");
    }
}
