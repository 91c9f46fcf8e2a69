package dev.dynacog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.LocalTable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowAnswerTest {
    /** A byte every now and then is never late by itself. */
    private static void drip(ServerSocket server, String begin) {
        try (Socket connection = server.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(begin.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (true) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException ignored) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX-Slow: ",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{\"TableNames\":["
            })
    @Timeout(30)
    void anAnswerThatComesByteByByteIsGivenUpInTime(String begin) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AwsClients clients = new AwsClients(
                        LocalTable.environment("http://localhost:" + server.getLocalPort()), Duration.ofSeconds(1))) {
            Thread drip = new Thread(() -> drip(server, begin));
            drip.setDaemon(true);
            drip.start();
            Throwable failure = catchThrowable(() -> clients.dynamodb().listTables());
            assertThat(FailureTranslator.translate(failure))
                    .get()
                    .satisfies(told -> assertThat(told)
                            .isInstanceOf(DynacogException.Unreachable.class)
                            .hasMessageContaining("timed out waiting for a complete response from http://localhost:"));
        }
    }
}
