package dev.dynacog.postgres;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

@Testcontainers(disabledWithoutDocker = true)
class ContainerDatabaseTest implements DatabaseContract {
    @Container
    private static final PostgreSQLContainer SERVER =
            new PostgreSQLContainer("postgres:17-alpine").withDatabaseName("cruddur");

    @Override
    public String url() {
        return "postgresql://" + SERVER.getUsername() + ":" + SERVER.getPassword() + "@" + SERVER.getHost() + ":"
                + SERVER.getMappedPort(5432) + "/cruddur";
    }
}
