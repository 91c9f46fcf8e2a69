package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "db",
                "dynamodb-local",
                "app.localhost",
                "127.0.0.1",
                "127.1.2.3",
                "10.0.0.7",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "::1",
                "[::1]",
                "fd12:3456::1",
                "fe80::1%eth0"
            })
    void hostsOfThisMachineAndItsNetworkAreNear(String host) {
        assertThat(Hosts.isNear(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database.abc123.eu-west-1.rds.amazonaws.com",
                "example.com",
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.1.1",
                "2001:db8::1",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "10.evil.com",
                "134744072",
                "host.docker.internal",
                ""
            })
    void hostsThatMayBeAnybodysAreNot(String host) {
        assertThat(Hosts.isNear(host)).isFalse();
    }
}
