package dev.dynacog.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** DynamoDB as a part of the stack. */
record DynamoPart(PortRequest port, Optional<Path> dataFolder) implements StackPart {
    @Override
    public String name() {
        return "DynamoDB";
    }

    @Override
    public Running start() {
        Stopwatch stopwatch = Stopwatch.started();
        Ports.Choice choice = Ports.choose(name(), port);
        DynamoServer server = DynamoServer.start(choice.port(), dataFolder);
        return new Running(
                server,
                Map.of(
                        "dynamodb.endpoint", server.endpoint().toString(),
                        "dynamodb.millis", stopwatch.millis()),
                choice.passedOver().map(reason -> "%s; DynamoDB is on port %d".formatted(reason, server.port())),
                new CompletableFuture<>());
    }
}
