package dev.dynacog.dynamo.table;

import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

@Testcontainers(disabledWithoutDocker = true)
class ContainerTablesTest implements TablesContract {
    private static final int PORT = 8000;

    @Container
    private static final GenericContainer<?> SERVER = new GenericContainer<>(
                    DockerImageName.parse("amazon/dynamodb-local:latest"))
            .withCommand("-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb")
            .withExposedPorts(PORT);

    @Override
    public URI endpoint() {
        return URI.create("http://" + SERVER.getHost() + ":" + SERVER.getMappedPort(PORT));
    }
}
