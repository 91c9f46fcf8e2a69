package dev.dynacog.cli.command.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PsqlArgumentsTest {
    private static PsqlArguments parse(String line) {
        return PsqlArguments.of(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c x",
                "-cx",
                "-tAc x",
                "-Xqtcx",
                "--command x",
                "--command=x",
                "--comm=x",
                "-f x",
                "-fx",
                "-1f x",
                "--file x",
                "--fil=x",
                "-v a=b -c x",
                "--set a=b -c x",
                "-v -c -c x"
            })
    void whatIsRunWithoutAPersonIsFound(String line) {
        assertThat(parse(line).scripted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-X",
                "-tA",
                "-v c=f",
                "-vc",
                "-P format=csv",
                "--pset=format=csv",
                "-o -c",
                "--set -f",
                "-F c",
                "-L f"
            })
    void whatAPersonTypesUnderIsLetThrough(String line) {
        assertThat(parse(line).scripted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-h evil",
                "-hevil",
                "-Xhevil",
                "--host=evil",
                "--host evil",
                "--ho=evil",
                "-p 1",
                "--port=1",
                "-d other",
                "-dother",
                "--dbname=postgresql://evil/",
                "--db x",
                "-U x",
                "--user=x",
                "other",
                "-X other",
                "-v a=b other",
                "-- other",
                "-"
            })
    void nothingNamesADatabaseAgain(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(DynacogException.Usage.class);
    }
}
