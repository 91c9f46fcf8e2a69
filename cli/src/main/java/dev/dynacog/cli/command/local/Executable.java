package dev.dynacog.cli.command.local;

import dev.dynacog.error.DynacogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The file behind a command's name, found as a shell finds it. */
final class Executable {
    private Executable() {}

    /**
     * Looks where the caller's {@code PATH} leads, relative entries included: this is a command that the caller named.
     *
     * @throws DynacogException.NoCommand when there is none, or only what can't be run
     */
    static Path find(String name, Map<String, String> variables) {
        if (name.indexOf('/') >= 0) {
            return named(name, Path.of(name));
        }
        Optional<Path> unusable = Optional.empty();
        for (String entry : variables.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            Path file = Path.of(entry).resolve(name).toAbsolutePath();
            if (!name.isEmpty() && Files.isRegularFile(file)) {
                if (Files.isExecutable(file)) {
                    return file;
                }
                unusable = unusable.or(() -> Optional.of(file));
            }
        }
        throw unusable.map(file -> DynacogException.NoCommand.notExecutable(file.toString()))
                .orElseGet(() -> DynacogException.NoCommand.notFound(name));
    }

    private static Path named(String name, Path file) {
        if (!Files.exists(file)) {
            throw DynacogException.NoCommand.notFound(name);
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw DynacogException.NoCommand.notExecutable(name);
        }
        return file;
    }
}
