package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    void aUsualPortThatIsTakenIsPassedOverWithTheHoldersName(String address) throws IOException {
        try (ServerSocket squatter = listenerOn(address)) {
            int taken = squatter.getLocalPort();
            Ports.Choice choice = Ports.choose("DynamoDB", new PortRequest.Usual(taken));
            assertThat(choice.port()).isZero();
            assertThat(choice.note("DynamoDB", 4711))
                    .hasValueSatisfying(note -> assertThat(note)
                            .startsWith("port %d is taken by java (pid %d)"
                                    .formatted(taken, ProcessHandle.current().pid()))
                            .endsWith("; DynamoDB is on port 4711"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    void aPortThatWasAskedForIsNotReplaced(String address) throws IOException {
        try (ServerSocket squatter = listenerOn(address)) {
            assertThatThrownBy(() -> Ports.choose("Postgres", new PortRequest.Exactly(squatter.getLocalPort())))
                    .isInstanceOfSatisfying(
                            StackException.class,
                            problem -> assertThat(problem.kind()).isEqualTo(StackException.Kind.USAGE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFreePortIsTakenAsItIs(int round) {
        int free = Ports.anyFree();
        assertThat(Ports.choose("Postgres", new PortRequest.Exactly(free)).port())
                .isEqualTo(free);
        assertThat(Ports.choose("Postgres", new PortRequest.Usual(free)).port()).isEqualTo(free);
    }

    private static ServerSocket listenerOn(String address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        } catch (IOException noSuchFamily) {
            assumeTrue(false, "this machine has no " + address);
        }
        return socket;
    }
}
