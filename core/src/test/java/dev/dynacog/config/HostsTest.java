package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.config.Hosts.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a machine with the addresses 192.168.1.20/24, 172.18.0.1/16 (its containers), fd12:3456::5/64, 2001:db8:1::5/64 and 203.0.113.9/24. */
class HostsTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "db", List.of("172.18.0.4"),
            "app.localhost", List.of("127.0.0.1", "::1"),
            "me.example.com", List.of("203.0.113.9"),
            "far", List.of("10.20.0.7"),
            "half", List.of("172.18.0.4", "8.8.8.8"),
            "moved.localhost", List.of("10.20.0.7"),
            "host.docker.internal", List.of("192.168.65.254"));

    private final List<String> asked = new ArrayList<>();
    private final Hosts hosts = new Hosts(
            () -> List.of(
                    network("192.168.1.20", 24),
                    network("172.18.0.1", 16),
                    network("fd12:3456::5", 64),
                    network("fe80::5", 64),
                    network("203.0.113.9", 24),
                    network("2001:db8:1::5", 64)),
            this::lookUp);

    private static Network network(String own, int prefix) {
        try {
            return new Network(InetAddress.getByName(own), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        asked.add(name);
        if (name.matches("[0-9.]+|.*:.*")) {
            return InetAddress.getAllByName(name);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : NAMES.getOrDefault(name, List.of())) {
            addresses.add(InetAddress.getByName(address));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(name);
        }
        return addresses.toArray(InetAddress[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "[::1]",
                "192.168.1.1",
                "192.168.1.20",
                "172.18.255.1",
                "203.0.113.9",
                "fd12:3456::1",
                "[fd12:3456::1]",
                "fe80::1",
                "db",
                "DB",
                "app.localhost",
                "me.example.com"
            })
    void thisMachineAndTheNetworksThatItIsPartOfAreNear(String host) {
        assertThat(hosts.judge(host).near()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.7",
                "172.16.0.1",
                "172.19.0.1",
                "192.168.2.1",
                "169.254.169.254",
                "fd12:3456:0:1::1",
                "fd00::1",
                "203.0.113.10",
                "8.8.8.8",
                "2001:db8::1",
                "2001:db8:1::6",
                "134744072",
                "0.0.0.0",
                "far",
                "half",
                "nowhere",
                "moved.localhost",
                "host.docker.internal",
                "database.abc123.eu-west-1.rds.amazonaws.com",
                ""
            })
    void aPrivateAddressOrAShortNameIsNotEnoughToBeNear(String host) {
        assertThat(hosts.judge(host).near()).isFalse();
    }

    @Test
    void aNameKeepsTheAddressesThatItWasJudgedBy() throws UnknownHostException {
        assertThat(hosts.judge("db").addresses()).containsExactly(InetAddress.getByName("172.18.0.4"));
    }

    @Test
    void aResolverThatDoesntAnswerKeepsNoCommandFromItsEnd() throws InterruptedException {
        AtomicBoolean daemon = new AtomicBoolean();
        Hosts.Lookup lookup = name -> {
            daemon.set(Thread.currentThread().isDaemon());
            throw new UnknownHostException(name);
        };
        // As main is; a thread takes over from the one that makes it.
        Thread command = new Thread(() -> new Hosts(List::of, lookup).judge("slow"));
        command.setDaemon(false);
        command.start();
        command.join();
        assertThat(daemon).isTrue();
    }

    @Test
    void whoInterruptsALookUpIsNotForgotten() {
        CountDownLatch never = new CountDownLatch(1);
        Hosts.Lookup lookup = name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        Thread.currentThread().interrupt();
        try {
            assertThat(new Hosts(List::of, lookup).judge("slow").near()).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            never.countDown();
        }
    }

    /** Every machine has this one, and it is up and no tunnel. */
    @Test
    void theNetworkOfLoopbackIsOneOfThisMachines() {
        assertThat(Hosts.ownNetworks()).extracting(Network::own).contains(InetAddress.getLoopbackAddress());
    }

    @Test
    void loopbackIsNotLookedUp() {
        hosts.judge("localhost");
        hosts.judge("127.0.0.1");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.255.0.1", "[::1]", "::1"})
    void loopbackIsToldByWhatIsWritten(String host) {
        assertThat(Hosts.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.localhost",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "127.1",
                "127.999.0.1",
                "127.0.0.256",
                "cafe:127.0.0.1",
                "[fe80::1]",
                "[localhost]",
                "::g",
                "db",
                "10.0.0.1"
            })
    void nothingElseIsLoopback(String host) {
        assertThat(Hosts.isLoopback(host)).isFalse();
    }
}
