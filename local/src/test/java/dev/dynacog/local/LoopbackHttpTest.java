package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both endpoints let in this machine's programs and nobody's web page, and whoever stops halfway harms nobody. */
class LoopbackHttpTest {
    private static final int MORE_THAN_THREADS = 300;

    /** The two servers that people's browsers can reach. */
    enum Endpoint {
        DYNAMODB("DynamoDB_20120810.ListTables", "{\"Limit\":1}") {
            @Override
            Running start() {
                DynamoServer server = DynamoServer.start(0, Optional.empty());
                return new Running(server::close, server.endpoint());
            }
        },
        COGNITO("AWSCognitoIdentityProviderService.ListUsers", "{\"UserPoolId\":\"local_cruddur\"}") {
            @Override
            Running start() {
                CognitoServer server = CognitoServer.start(new CognitoOptions(0, Optional.empty(), Optional.empty()));
                return new Running(server::close, server.endpoint());
            }
        };

        private final String target;
        private final String body;

        Endpoint(String target, String body) {
            this.target = target;
            this.body = body;
        }

        abstract Running start();

        String request(String host, String more) {
            return "POST / HTTP/1.1\r\n" + host + "X-Amz-Target: " + target + "\r\nContent-Length: " + body.length()
                    + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20200101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=none\r\nConnection: close\r\n" + more + "\r\n" + body;
        }
    }

    private record Running(Runnable end, URI uri) implements AutoCloseable {
        Socket connect() throws IOException {
            Socket socket = new Socket(Loopback.v4(), uri.getPort());
            socket.setSoTimeout(20_000);
            return socket;
        }

        int status(String request) throws IOException {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                return LoopbackHttpTest.status(socket);
            }
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyANameOfThisMachineWithItsPortIsAnswered(Endpoint endpoint) throws Exception {
        try (Running running = endpoint.start()) {
            int port = running.uri().getPort();
            for (String host : List.of("localhost:", "127.0.0.1:", "[::1]:", "LocalHost:")) {
                assertThat(running.status(endpoint.request("Host: " + host + port + "\r\n", "")))
                        .as(host)
                        .isEqualTo(200);
            }
            for (String host : List.of(
                    "evil.example:" + port,
                    "localhost.evil.example:" + port,
                    "localhost",
                    "localhost:" + (port + 1),
                    "127.0.0.2:" + port,
                    "10.0.0.1:" + port,
                    "0.0.0.0:" + port)) {
                assertThat(running.status(endpoint.request("Host: " + host + "\r\n", "")))
                        .as(host)
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageFromElsewhereIsNotAnswered(Endpoint endpoint) throws Exception {
        try (Running running = endpoint.start()) {
            int port = running.uri().getPort();
            String host = "Host: localhost:" + port + "\r\n";
            for (String origin : List.of(
                    "http://evil.example",
                    "http://evil.example:" + port,
                    "http://localhost:3000",
                    "http://localhost",
                    "https://localhost:" + port,
                    "null")) {
                assertThat(running.status(endpoint.request(host, "Origin: " + origin + "\r\n")))
                        .as(origin)
                        .isEqualTo(403);
            }
            assertThat(running.status(endpoint.request(host, "Origin: http://localhost:" + port + "\r\n")))
                    .isEqualTo(200);
            assertThat(running.status(endpoint.request(host, "").replace("POST / ", "OPTIONS / ")))
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfSentRequestsKeepNobodyWaiting(Endpoint endpoint) throws Exception {
        List<Socket> halves = new ArrayList<>();
        try (Running running = endpoint.start()) {
            String whole = endpoint.request("Host: localhost:" + running.uri().getPort() + "\r\n", "");
            for (int i = 0; i < MORE_THAN_THREADS; i++) {
                Socket half = running.connect();
                halves.add(half);
                // Half of them stop in the head, half in the body.
                String sent = i % 2 == 0 ? whole.substring(0, 40) : whole.substring(0, whole.length() - 1);
                half.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(running.status(whole)).isEqualTo(200);
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DYNAMODB, 18874368", "COGNITO, 2097152"})
    void sizesAreBounded(Endpoint endpoint, int tooMuch) throws Exception {
        try (Running running = endpoint.start()) {
            String host = "Host: localhost:" + running.uri().getPort() + "\r\n";
            assertThat(running.status(endpoint.request(host, "X-Long: " + "x".repeat(100_000) + "\r\n")))
                    .isEqualTo(431);
            try (Socket socket = running.connect()) {
                OutputStream out = socket.getOutputStream();
                String head =
                        endpoint.request(host, "").replaceAll("Content-Length: \\d+", "Content-Length: " + tooMuch);
                out.write(head.getBytes(StandardCharsets.UTF_8));
                byte[] part = new byte[1 << 16];
                int sent = 0;
                try {
                    while (sent < tooMuch) {
                        out.write(part);
                        sent += part.length;
                    }
                } catch (IOException refusedAlready) {
                    assertThat(sent).isLessThan(tooMuch);
                }
                assertThat(status(socket)).isIn(413, -1);
            }
        }
    }

    @Test
    void whoStopsHalfwayIsHungUpOn() throws Exception {
        LoopbackHttp http = new LoopbackHttp(0, 1000, Duration.ofMillis(200), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        });
        http.start();
        try (Socket head = new Socket(Loopback.v4(), http.port());
                Socket body = new Socket(Loopback.v4(), http.port())) {
            head.setSoTimeout(20_000);
            body.setSoTimeout(20_000);
            head.getOutputStream().write("POST / HT".getBytes(StandardCharsets.UTF_8));
            body.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: localhost:" + http.port() + "\r\nContent-Length: 9\r\n\r\n12")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(status(head)).as("head").isNotEqualTo(200);
            assertThat(status(body)).as("body").isNotEqualTo(200);
        } finally {
            http.stop();
        }
    }

    /** Each byte ended the idle time. */
    @Test
    void aHeadThatComesByteByByteIsHungUpOnAtTheDeadline() throws Exception {
        LoopbackHttp http = new LoopbackHttp(0, 1000, Duration.ofMillis(600), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        });
        http.start();
        try (Socket caller = new Socket(Loopback.v4(), http.port())) {
            caller.setSoTimeout(20_000);
            // The first request is answered; the deadline is one for each.
            caller.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: localhost:" + http.port() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(caller.getInputStream().read()).isEqualTo('H');
            caller.getInputStream().skipNBytes(caller.getInputStream().available());
            caller.setSoTimeout(100);
            assertThat(hungUpWhileSending(caller)).isTrue();
        } finally {
            http.stop();
        }
    }

    private static boolean hungUpWhileSending(Socket caller) throws IOException {
        for (int i = 0; i < 100; i++) {
            try {
                caller.getOutputStream().write("GET / HTTP/1.1\r\nX-Long: ".charAt(i % 16));
                if (caller.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException openStill) {
                // Another byte.
            } catch (SocketException hungUp) {
                return true;
            }
        }
        return false;
    }

    /** DynamoDB Local has an answer of its own. */
    @Test
    void aBodyThatEndsTooEarlyIsRefusedAsCognitoDoes() throws Exception {
        Endpoint endpoint = Endpoint.COGNITO;
        try (Running running = endpoint.start();
                Socket socket = running.connect()) {
            String whole = endpoint.request("Host: localhost:" + running.uri().getPort() + "\r\n", "");
            socket.getOutputStream()
                    .write(whole.substring(0, whole.length() - 5).getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"__type\":\"SerializationException\"");
            assertThat(answer).doesNotContain("<html", "java.", "jetty");
        }
    }

    /** -1 when the connection ended without an answer. */
    private static int status(Socket socket) throws IOException {
        try {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.isEmpty() ? -1 : Integer.parseInt(answer.split(" ", 3)[1]);
        } catch (SocketException hungUp) {
            return -1;
        }
    }
}
