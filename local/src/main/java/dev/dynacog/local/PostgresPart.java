package dev.dynacog.local;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Postgres as a part of the stack. */
record PostgresPart(PortRequest port, Optional<Path> dataFolder, Path cacheFolder) implements StackPart {
    @Override
    public String name() {
        return "Postgres";
    }

    @Override
    public Running start() {
        Stopwatch stopwatch = Stopwatch.started();
        Ports.Choice choice = Ports.choose(name(), port);
        PostgresServer server = PostgresServer.start(
                new PostgresOptions(choice.port(), dataFolder, cacheFolder, Redirect.INHERIT));
        return new Running(
                server,
                Map.of("postgres.url", server.url(), "postgres.millis", stopwatch.millis()),
                choice.passedOver().map(reason -> "%s; Postgres is on port %d".formatted(reason, server.port())),
                server.onExit());
    }
}
