package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.Trap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProxyTest {
    /** Answers every request for a tunnel in the same way, and remembers what it was told. */
    private static final class StubProxy implements AutoCloseable {
        final List<String> heard = new CopyOnWriteArrayList<>();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String answer;

        StubProxy(String answer) throws IOException {
            this.answer = answer;
            Thread thread = new Thread(this::listen, "proxy");
            thread.setDaemon(true);
            thread.start();
        }

        private void listen() {
            while (true) {
                try (Socket socket = server.accept()) {
                    BufferedReader reader = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                    for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                        heard.add(line);
                    }
                    socket.getOutputStream().write((answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    if (answer.contains(" 200 ")) {
                        heard.add("first byte in the tunnel: " + reader.read());
                    }
                } catch (SocketException e) {
                    if (server.isClosed()) {
                        return;
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        Cli cli(String variable) {
            return Cli.inPipe()
                    .with("AWS_REGION", "eu-west-1")
                    .with(variable, "http://me:s3cr%40t@127.0.0.1:" + server.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, HTTP/1.1 407 Proxy Authentication Required, 4, refused its user or password",
        "https_proxy, HTTP/1.1 502 Bad Gateway, 5, cannot reach" + " https://dynamodb.eu-west-1.amazonaws.com"
    })
    void awsIsAskedThroughTheProxyWhosePasswordIsNeverShown(String variable, String answer, int exit, String told)
            throws IOException {
        try (StubProxy proxy = new StubProxy(answer)) {
            Run run = proxy.cli(variable).run("--env", "prod", "list-tables", "--debug");
            assertThat(run.exit()).isEqualTo(exit);
            assertThat(run.err()).contains(told).doesNotContain("s3cr").doesNotContain("bWU6czNjckB0");
            assertThat(proxy.heard)
                    .contains("CONNECT dynamodb.eu-west-1.amazonaws.com:443 HTTP/1.1")
                    .contains("Proxy-Authorization: Basic bWU6czNjckB0");
            // A proxy that says no isn't asked again.
            assertThat(proxy.heard.stream().filter(line -> line.startsWith("CONNECT")))
                    .hasSize(1);
        }
    }

    @Test
    void throughTheTunnelGoesTlsAndNothingElse() throws IOException {
        try (StubProxy proxy = new StubProxy("HTTP/1.1 200 Connection established")) {
            assertThat(proxy.cli("HTTPS_PROXY")
                            .run("--env", "prod", "list-tables")
                            .exit())
                    .isEqualTo(5);
            assertThat(proxy.heard).contains("first byte in the tunnel: 22");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        Run run = Cli.inPipe()
                .with("AWS_REGION", "eu-west-1")
                .with("HTTPS_PROXY", "http://me:s3cret@127.0.0.1:1")
                .run("--env", "prod", "list-tables");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .contains("the proxy 127.0.0.1:1 (HTTPS_PROXY) cannot reach")
                .contains("it does not respond")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1:1, ''",
        "https://localhost:1, ''",
        "https://dynamodb.invalid, .invalid",
        "http://127.0.0.1:1, ''"
    })
    void whatIsHereOrLeftOutDoesNotGoThroughTheProxy(String endpoint, String leftOut) throws IOException {
        try (Trap trap = Trap.set()) {
            Run run = Cli.inPipe()
                    .with("AWS_REGION", "eu-west-1")
                    .with("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
                    .with("HTTPS_PROXY", "http://127.0.0.1:" + trap.port())
                    .with("HTTP_PROXY", "http://127.0.0.1:" + trap.port())
                    .with("NO_PROXY", leftOut)
                    .run("--env", "prod", "list-tables");
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.err()).contains(endpoint);
            assertThat(trap.caught()).isZero();
        }
    }

    @Test
    void configShowNamesTheProxyWithoutItsPassword() {
        assertThat(Cli.inPipe()
                        .with("HTTPS_PROXY", "http://me:s3cret@proxy:3128")
                        .run("config", "show", "-o", "csv")
                        .out())
                .contains("https-proxy,http://****@proxy:3128,HTTPS_PROXY")
                .doesNotContain("s3cret");
    }

    @Test
    void realCredentialsNeverGoUnencryptedBeyondThisMachine() throws IOException {
        try (Trap trap = Trap.set()) {
            Run run = Cli.inPipe()
                    .with("AWS_REGION", "eu-west-1")
                    // It may well be this machine, but who says so is a name server.
                    .with("AWS_ENDPOINT_URL_DYNAMODB", "http://app.localhost:" + trap.port())
                    .run("--env", "prod", "list-tables");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).startsWith("error  your AWS credentials are not sent to http://app.localhost:");
            assertThat(trap.caught()).isZero();
        }
    }
}
