package dev.dynacog.config;

import dev.dynacog.config.PostgresUrl.Host;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The file that psql keeps passwords in, {@code ~/.pgpass}: lines of host:port:database:user:password. */
public record PasswordFile(Path path) {
    private static final String ANY = "*";
    private static final int FIELDS = 5;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /**
     * The password for the address, of the first line that fits.
     *
     * @param warn is told why the file is not believed, when it isn't
     * @throws DynacogException.Usage when the hosts of the address have different ones: each may see its own alone
     */
    public Optional<String> find(PostgresUrl url, Consumer<String> warn) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            warn.accept(path + " is ignored: " + objection.get());
            return Optional.empty();
        }
        List<List<String>> entries = entries(warn);
        Set<Optional<String>> found = new LinkedHashSet<>();
        for (Host host : url.hosts()) {
            found.add(find(entries, host, url));
        }
        if (found.size() > 1) {
            throw new DynacogException.Usage(
                    path + " has different passwords for hosts " + url.hostList(), "use a single host");
        }
        return found.iterator().next();
    }

    private Optional<String> objection() {
        try {
            if (!Files.isRegularFile(path)) {
                return Optional.of("it is not a plain file");
            }
            Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
            rights.addAll(Files.getPosixFilePermissions(path));
            rights.retainAll(OF_OTHERS);
            return rights.isEmpty() ? Optional.empty() : Optional.of("other users can access it; run chmod 600 on it");
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it can't be read");
        }
    }

    private List<List<String>> entries(Consumer<String> warn) {
        try {
            return Files.readAllLines(path).stream()
                    // Also of comments: no host begins with '#'.
                    .map(PasswordFile::fields)
                    .filter(fields -> fields.size() == FIELDS)
                    .toList();
        } catch (IOException e) {
            warn.accept(path + " is ignored: it can't be read");
            return List.of();
        }
    }

    private static Optional<String> find(List<List<String>> entries, Host host, PostgresUrl url) {
        String name = host.name().startsWith("[")
                ? host.name().substring(1, host.name().length() - 1)
                : host.name();
        List<String> wanted = List.of(
                name,
                String.valueOf(host.port()),
                url.database(),
                url.user().orElseGet(() -> System.getProperty("user.name")));
        for (List<String> entry : entries) {
            boolean fits = true;
            for (int i = 0; i < wanted.size(); i++) {
                fits &= entry.get(i).equals(ANY) || entry.get(i).equals(wanted.get(i));
            }
            if (fits && !entry.get(FIELDS - 1).isEmpty()) {
                return Optional.of(entry.get(FIELDS - 1));
            }
        }
        return Optional.empty();
    }

    /** A colon or backslash that belongs to a field has a backslash before it. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '\\' && i + 1 < line.length()) {
                i++;
                field.append(line.charAt(i));
            } else if (letter == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
