package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldersTest {
    @Test
    void aFolderIsMadeForThisUserAlone(@TempDir Path folder) throws IOException {
        Folders folders = Folders.of(Map.of(), folder.resolve("home"));

        Path made = folders.make(folders.state().resolve("streams"));

        assertThat(made).isEqualTo(folder.resolve("home/.local/state/dynacog/streams"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(folders.make(made)).isEqualTo(made);
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                Arguments.of("XDG_STATE_HOME", (Function<Folders, Path>) Folders::state),
                Arguments.of("XDG_DATA_HOME", (Function<Folders, Path>) Folders::data),
                Arguments.of("XDG_CACHE_HOME", (Function<Folders, Path>) Folders::cache));
    }

    /** A file in the way stops root as well, whom no mode stops. */
    @ParameterizedTest
    @MethodSource("variables")
    void oneThatCannotBeMadeIsToldWithTheVariableThatMovesIt(
            String variable, Function<Folders, Path> which, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Folders folders = Folders.of(Map.of(), file);

        assertThatThrownBy(() -> folders.make(which.apply(folders).resolve("below")))
                .isInstanceOfSatisfying(DynacogException.class, failure -> {
                    assertThat(failure.getMessage())
                            .contains("cannot write to the ")
                            .contains("folder: " + file + "/.");
                    assertThat(failure.hint()).isEqualTo("set " + variable + " to a writable folder");
                });
    }
}
