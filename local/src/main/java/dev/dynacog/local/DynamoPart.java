package dev.dynacog.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** DynamoDB as a part of the stack. */
record DynamoPart(Ports.Choice port, Optional<Path> dataFolder) implements StackPart {
    static final String NAME = "DynamoDB";

    @Override
    public Running start() {
        Stopwatch stopwatch = Stopwatch.started();
        DynamoServer server = DynamoServer.start(port.port(), dataFolder);
        return new Running(
                server,
                Map.of(
                        "dynamodb.endpoint", server.endpoint().toString(),
                        "dynamodb.millis", stopwatch.millis()),
                port.note(NAME, server.port()),
                new CompletableFuture<>());
    }
}
