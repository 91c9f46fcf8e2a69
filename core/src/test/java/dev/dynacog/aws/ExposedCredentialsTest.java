package dev.dynacog.aws;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.error.DynacogException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExposedCredentialsTest {
    static Stream<Arguments> everyClient() {
        Consumer<AwsClients> dynamodb = AwsClients::dynamodb;
        Consumer<AwsClients> streams = AwsClients::streams;
        Consumer<AwsClients> cognito = AwsClients::cognito;
        Consumer<AwsClients> sts = AwsClients::sts;
        return Stream.of(
                Arguments.of("AWS_ENDPOINT_URL_DYNAMODB", dynamodb),
                Arguments.of("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", streams),
                Arguments.of("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", cognito),
                Arguments.of("AWS_ENDPOINT_URL_STS", sts));
    }

    private static AwsClients clients(String environment, String variable, String endpoint) {
        Path nowhere = Path.of("/nonexistent");
        return new AwsClients(new SettingsLoader(
                        Map.of(variable, endpoint, "AWS_REGION", "eu-west-1"), nowhere, Folders.of(Map.of(), nowhere))
                .load(new Flags(Optional.of(environment), Optional.empty(), Optional.empty(), Optional.empty()))
                .environment());
    }

    @ParameterizedTest
    @MethodSource("everyClient")
    void realCredentialsNeverGoUnencryptedBeyondThisMachine(String variable, Consumer<AwsClients> client) {
        for (String endpoint : new String[] {
            "http://10.99.0.1:8000",
            "http://dynamodb-local:8000",
            "http://169.254.169.254",
            "http://127.0.0.1.example.com"
        }) {
            assertThatThrownBy(() -> {
                        try (AwsClients clients = clients("prod", variable, endpoint)) {
                            client.accept(clients);
                        }
                    })
                    .isInstanceOf(DynacogException.Usage.class)
                    .hasMessageContaining("your AWS credentials are not sent to");
        }
        for (String endpoint :
                new String[] {"http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://x.y"}) {
            assertThatCode(() -> {
                        try (AwsClients clients = clients("prod", variable, endpoint)) {
                            client.accept(clients);
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}
