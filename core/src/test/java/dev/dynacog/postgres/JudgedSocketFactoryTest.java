package dev.dynacog.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JudgedSocketFactoryTest {
    /** The name was judged as this machine, and then its owner lets it mean another. */
    @Test
    void aNameThatMeansSomethingElseByNowLeadsWhereItWasJudgedToLead() throws IOException {
        try (ServerSocket judged = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new JudgedSocketFactory("db=127.0.0.1,other").createSocket()) {
            InetAddress now = InetAddress.getByAddress("db", new byte[] {10, 99, 0, 1});
            socket.connect(new InetSocketAddress(now, judged.getLocalPort()), 5_000);
            assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void aNameThatWasNotJudgedLeadsWhereItLeads() throws IOException {
        try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new JudgedSocketFactory("db=10.99.0.1,other").createSocket()) {
            InetAddress now = InetAddress.getByAddress("other", new byte[] {127, 0, 0, 1});
            socket.connect(new InetSocketAddress(now, there.getLocalPort()), 5_000);
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
