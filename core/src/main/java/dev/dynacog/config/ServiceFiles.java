package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files in which libpq's services are defined: the user's {@code ~/.pg_service.conf}, and the system's. */
final class ServiceFiles {
    private static final String NAME = "pg_service.conf";
    private static final int LARGEST = 1 << 20;

    private final Map<String, String> variables;
    private final Path home;

    ServiceFiles(Map<String, String> variables, Path home) {
        this.variables = variables;
        this.home = home;
    }

    /** The parameters of the service. */
    Map<String, String> find(String service) {
        List<Path> files = files();
        for (Path file : files) {
            Optional<Map<String, String>> found = read(file, service);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new DynacogException.Usage(
                "there is no service '" + service + "' in "
                        + String.join(" or ", files.stream().map(Path::toString).toList()),
                "define it as [NAME] followed by lines such as host=db.example.com, or set PGSERVICEFILE"
                        + " to another file");
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        String own = variables.getOrDefault("PGSERVICEFILE", "");
        files.add(own.isEmpty() ? home.resolve("." + NAME) : Path.of(own));
        String system = variables.getOrDefault("PGSYSCONFDIR", "");
        if (!system.isEmpty()) {
            files.add(Path.of(system, NAME));
        }
        return files;
    }

    private static Optional<Map<String, String>> read(Path file, String service) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines;
        try {
            byte[] bytes = PlainFile.bytes(file, LARGEST, "check the file name");
            lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new DynacogException.Usage(
                    file + " cannot be read: " + e.getMessage(), "it defines services of psql");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean found = false;
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number).strip();
            if (line.startsWith("[")) {
                if (found) {
                    break;
                }
                found = line.equals("[" + service + "]");
            } else if (found && !line.isEmpty() && !line.startsWith("#")) {
                readParameter(file + ":" + (number + 1), line, parameters);
            }
        }
        return found ? Optional.of(parameters) : Optional.empty();
    }

    private static void readParameter(String place, String line, Map<String, String> parameters) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            // The line may be a password's, so it is not repeated.
            throw new DynacogException.Usage(place + " has no '='", "write NAME=VALUE; LDAP lookups are not supported");
        }
        String name = line.substring(0, equals);
        if (name.equals(PostgresParameters.SERVICE)) {
            throw new DynacogException.Usage(place + " names a service within a service", "leave it out");
        }
        Map<String, String> read = new LinkedHashMap<>();
        try {
            PostgresParameters.readLibpq(name, line.substring(equals + 1), read);
        } catch (BadParameter e) {
            throw new DynacogException.Usage(place + " " + e.getMessage(), e.hint());
        }
        // As in libpq, the first of a name counts.
        read.forEach(parameters::putIfAbsent);
    }
}
