package dev.dynacog.local;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Postgres as a part of the stack. */
record PostgresPart(Ports.Choice port, Optional<Path> dataFolder, Path cacheFolder, Optional<String> password)
        implements StackPart {
    static final String NAME = "Postgres";

    @Override
    public Running start() {
        Stopwatch stopwatch = Stopwatch.started();
        PostgresServer server = PostgresServer.start(
                new PostgresOptions(port.port(), dataFolder, cacheFolder, Redirect.INHERIT, password));
        return new Running(
                server,
                Map.of("postgres.url", server.url(), "postgres.millis", stopwatch.millis()),
                port.note(NAME, server.port()),
                server.onExit());
    }
}
