package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackArgumentsTest {
    @Test
    void usualPortsUnlessOthersAreAskedFor() {
        StackArguments arguments = parse("--state-dir /s --cache-dir /c --data-dir /d");
        assertThat(arguments)
                .isEqualTo(new StackArguments(
                        Path.of("/s"),
                        Path.of("/c"),
                        Optional.of(Path.of("/d")),
                        new PortRequest.Usual(8000),
                        new PortRequest.Usual(5432),
                        new PortRequest.Usual(9229),
                        Optional.empty(),
                        false));
    }

    @Test
    void zeroIsAnyPortAndANumberIsThatOne() {
        StackArguments arguments = parse(
                "--state-dir /s --cache-dir /c --in-memory --port-dynamodb 0 --port-postgres 6543 --follow-stdin");
        assertThat(arguments.dynamoPort()).isEqualTo(new PortRequest.AnyFree());
        assertThat(arguments.postgresPort()).isEqualTo(new PortRequest.Exactly(6543));
        assertThat(arguments.dataFolder()).isEmpty();
        assertThat(arguments.followStdin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cache-dir /c --in-memory",
                "--state-dir /s --in-memory",
                "--state-dir /s --cache-dir /c",
                "--state-dir /s --cache-dir /c --in-memory --data-dir /d",
                "--state-dir /s --cache-dir /c --in-memory --port-dynamodb 65536",
                "--state-dir /s --cache-dir /c --in-memory --port-dynamodb -1",
                "--state-dir /s --cache-dir /c --in-memory --port-dynamodb eight",
                "--state-dir /s --cache-dir /c --in-memory --port-dynamodb",
                "--state-dir /s --cache-dir /c --in-memory --prot-dynamodb 8000",
            })
    void whatMakesNoSenseIsAUsageError(String arguments) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOfSatisfying(
                        StackException.class,
                        problem -> assertThat(problem.kind()).isEqualTo(StackException.Kind.USAGE));
    }

    private static StackArguments parse(String arguments) {
        return StackArguments.parse(List.of(arguments.split(" ")));
    }
}
