package dev.dynacog.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Cognito as a part of the stack. */
record CognitoPart(Ports.Choice port, Optional<Path> dataFolder, Optional<Path> users) implements StackPart {
    static final String NAME = "Cognito";

    @Override
    public Running start() {
        Stopwatch stopwatch = Stopwatch.started();
        CognitoServer server = CognitoServer.start(new CognitoOptions(port.port(), dataFolder, users));
        return new Running(
                server,
                Map.of(
                        "cognito.endpoint", server.endpoint().toString(),
                        "cognito.pool", server.poolId(),
                        "cognito.file", users.map(Path::toString).orElse(""),
                        "cognito.millis", stopwatch.millis()),
                port.note(NAME, server.port()),
                new CompletableFuture<>());
    }
}
