package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.config.Service.Credentials;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {
    @ParameterizedTest
    @CsvSource({
        "CHAIN, http://db.example.com, true",
        "CHAIN, https://db.example.com, false",
        "CHAIN, http://localhost:8000, false",
        "CHAIN, http://127.0.0.1:8000, false",
        "DUMMY, http://db.example.com, false"
    })
    void realCredentialsAreExposedWhereTheyLeaveThisMachineInTheClear(
            Credentials credentials, URI endpoint, boolean exposed) {
        Sourced<URI> set = new Sourced<>(endpoint, new Origin.Default());
        assertThat(new Service(Optional.of(set), credentials).isExposed()).isEqualTo(exposed);
    }

    @Test
    void awsItselfExposesNothing() {
        assertThat(new Service(Optional.empty(), Credentials.CHAIN).isExposed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1", "us-gov-east-1", "ap-southeast-12"})
    void aRegionOfAwsLooksLikeOne(String name) {
        assertThat(Regions.looksLikeAws(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west", "local", "eu-west-1.example.com", "EU-WEST-1", ""})
    void nothingElseLooksLikeARegionOfAws(String name) {
        assertThat(Regions.looksLikeAws(name)).isFalse();
    }
}
