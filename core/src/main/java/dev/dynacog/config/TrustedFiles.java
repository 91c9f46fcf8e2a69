package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.OwnFiles;
import dev.dynacog.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of repositories that the user read and allowed, each by its path and the hash of what it said then. A line
 * for each in a file that is the user's alone: hash, time, path.
 */
final class TrustedFiles {
    /** One that was allowed. */
    record Entry(String hash, Instant since, Path file) {
        private String line() {
            return hash + " " + since + " " + file + "\n";
        }
    }

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Folders folders;
    private final Path list;

    TrustedFiles(Folders folders) {
        this.folders = folders;
        this.list = folders.trustedFiles();
    }

    Optional<Entry> find(Path file) {
        return all().stream().filter(entry -> entry.file().equals(file)).findFirst();
    }

    List<Entry> all() {
        if (!Files.exists(list)) {
            return List.of();
        }
        try {
            refuseUnlessPrivate();
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(list)) {
                entries.add(entry(line));
            }
            return entries;
        } catch (IOException | DateTimeParseException e) {
            throw new DynacogException.Usage(
                    "the list of trusted files cannot be read: " + list + ": " + e.getMessage(),
                    "remove it and trust the files again: dynacog config trust FILE");
        }
    }

    private Entry entry(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("a line of it is cut short");
        }
        return new Entry(parts[0], Instant.parse(parts[1]), Path.of(parts[2]));
    }

    /** Whoever could write it could trust for the user. */
    private void refuseUnlessPrivate() throws IOException {
        Optional<String> objection = OwnFiles.ofThisUser().objection(list);
        if (objection.isPresent()) {
            throw new DynacogException.Usage(
                    "the list of trusted files is not used: " + list + ": " + objection.get(),
                    "check its contents, then make it private (chmod 600) or remove it");
        }
        // It is written in place of what is there: a link was put there by somebody else, or leads to another's list.
        if (Files.isSymbolicLink(list)) {
            throw new DynacogException.Usage(
                    "the list of trusted files is not used: " + list + " is a link",
                    "check its contents, then replace the link with the file or remove it");
        }
        PosixFileAttributeView rights = Files.getFileAttributeView(list, PosixFileAttributeView.class);
        if (rights != null && !OWNERS.containsAll(rights.readAttributes().permissions())) {
            throw new DynacogException.Usage(
                    "the list of trusted files is not used: others may read or write " + list,
                    "check its contents, then run: chmod 600 " + list);
        }
    }

    /** Allows the file as it is now. */
    void add(Path file, String hash) {
        if (file.toString().contains("\n")) {
            throw new DynacogException.Usage("a file with a line break in its name cannot be trusted", "rename it");
        }
        List<Entry> entries = without(file);
        entries.add(new Entry(hash, Instant.now().truncatedTo(ChronoUnit.SECONDS), file));
        write(entries);
    }

    /** @return whether it was trusted */
    boolean remove(Path file) {
        List<Entry> left = without(file);
        if (left.size() == all().size()) {
            return false;
        }
        write(left);
        return true;
    }

    private List<Entry> without(Path file) {
        return new ArrayList<>(
                all().stream().filter(entry -> !entry.file().equals(file)).toList());
    }

    private void write(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()));
        try {
            folders.make(folders.state());
            PrivateFile.replace(list, text.toString());
        } catch (IOException e) {
            throw folders.unwritable(list, e);
        }
    }
}
