package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.Session;
import dev.dynacog.messages.People;
import dev.dynacog.postgres.Users;
import dev.dynacog.seed.PeopleFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command looks people up: the Postgres of the environment it works in, and no other, or a file. */
final class PeopleOptions {
    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Look up people in this JSON list of {uuid, handle, display_name} instead of Postgres.")
    @Nullable
    Path file;

    People people(Session session) {
        return file == null ? new Users(session.database()) : PeopleFile.read(file);
    }
}
