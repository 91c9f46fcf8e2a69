package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoServerTest {
    @Test
    void answersUntilItIsClosed() {
        DynamoServer server = DynamoServer.start(0, Optional.empty());
        try (DynamoDbClient client = Dynamo.client(server.endpoint())) {
            assertThat(client.listTables().tableNames()).isEmpty();
        }
        server.close();
        assertThat(Ports.isFree(server.port())).isTrue();
    }

    @Test
    void keepsItsTablesInAFolder(@TempDir Path temporary) {
        Optional<Path> folder = Optional.of(TestFolders.base(temporary));
        try (DynamoServer server = DynamoServer.start(0, folder);
                DynamoDbClient client = Dynamo.client(server.endpoint())) {
            Dynamo.createTable(client, "kept");
        }
        try (DynamoServer server = DynamoServer.start(0, folder);
                DynamoDbClient client = Dynamo.client(server.endpoint())) {
            assertThat(client.listTables().tableNames()).containsExactly("kept");
        }
    }

    @Test
    void twoNeverShareAFolder(@TempDir Path temporary) {
        Optional<Path> folder = Optional.of(temporary);
        DynamoServer first = DynamoServer.start(0, folder);
        assertThatThrownBy(() -> DynamoServer.start(0, folder))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("another DynamoDB Local uses the data folder");
        first.close();
        DynamoServer.start(0, folder).close();
    }

    @Test
    void aTakenPortIsAUsageErrorThatNamesTheHolder() throws IOException {
        try (ServerSocket squatter = new ServerSocket(0, 1, Loopback.v4())) {
            assertThatThrownBy(() -> DynamoServer.start(squatter.getLocalPort(), Optional.empty()))
                    .isInstanceOfSatisfying(
                            StackException.class,
                            problem -> assertThat(problem.kind()).isEqualTo(StackException.Kind.USAGE))
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void webPagesAreNotLetIn() throws Exception {
        try (DynamoServer server = DynamoServer.start(0, Optional.empty())) {
            HttpRequest preflight = HttpRequest.newBuilder(server.endpoint())
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", "http://example.com")
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "x-amz-target")
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(preflight, BodyHandlers.ofString());
            assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
    }
}
