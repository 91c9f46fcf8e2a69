package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.Proxies.Proxy;
import dev.dynacog.error.DynacogException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final String AWS = "dynamodb.eu-west-1.amazonaws.com";

    private static Optional<Proxy> proxy(Map<String, String> variables, String host) {
        return new Proxies(variables).forHost(host);
    }

    @Test
    void smallLettersAreStrongerThanCapitalsAsInCurl() {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://capital:1"), AWS))
                .hasToString("Optional[capital:1 (HTTPS_PROXY)]");
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://capital:1", "https_proxy", "small:2"), AWS))
                .hasToString("Optional[small:2 (https_proxy)]");
        assertThat(proxy(Map.of("HTTPS_PROXY", " "), AWS)).isEmpty();
        assertThat(proxy(Map.of("HTTP_PROXY", "http://other:1"), AWS)).isEmpty();
    }

    @Test
    void userAndPasswordSignInAndAreNeverShown() {
        Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", "http://me:s3cr%40t@proxy:3128"));
        assertThat(proxies.forHost(AWS).flatMap(Proxy::authorization)).contains("Basic bWU6czNjckB0");
        assertThat(proxies.forHost(AWS).toString()).doesNotContain("s3cr").doesNotContain("bWU6");
        assertThat(proxies.shown().map(Sourced::value)).contains("http://****@proxy:3128");
    }

    @Test
    void whatIsPrintedSaysWhichAndNothingSecret() {
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "http://me:s3cret@proxy", "A", "b")))
                .hasToString("Proxies[http://****@proxy:1080]");
        assertThat(new Proxies(Map.of("A", "b"))).hasToString("Proxies[none]");
    }

    @Test
    void oneThatIsSetIsOne() {
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "proxy")).isAny()).isTrue();
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "")).isAny()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"})
    void loopbackNeverGoesThroughIt(String host) {
        assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:3128"), host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, a.example.com, true",
        "example.com, example.com, true",
        "example.com, a.example.com, true",
        ".example.com, a.example.com, true",
        ".example.com, example.com, true",
        "example.com, notexample.com, false",
        "example.com, example.com.evil.org, false",
        "'other.org, EXAMPLE.com', A.example.COM, true",
        "other.org example.com, a.example.com, true",
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "10.0.0.0/8, 10.example.com, false",
        "fd00::/8, [fd00::1], true",
        "fd00::1, [fd00::1], true",
        "10.0.0.0/8, 10.1, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/33, 10.1.2.3, false",
        "10.1.2.3/-1, 10.1.2.3, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.0.0.0/x, 10.1.2.3, false"
    })
    void whatIsLeftOutIsLeftOut(String noProxy, String host, boolean leftOut) {
        for (String variable : new String[] {"NO_PROXY", "no_proxy"}) {
            assertThat(proxy(Map.of("https_proxy", "proxy:3128", variable, noProxy), host)
                            .isEmpty())
                    .isEqualTo(leftOut);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://me:s3cret@proxy", "socks5://me:s3cret@proxy:1", "http://me:s3c ret@proxy", "http://"})
    void whatCantBeUsedIsRefusedWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> proxy(Map.of("HTTPS_PROXY", address), AWS))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith("HTTPS_PROXY ")
                .message()
                .doesNotContain("s3c");
    }
}
