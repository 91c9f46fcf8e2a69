package dev.dynacog.config;

import dev.dynacog.config.ConfigFile.Owner;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The user's word on files of repositories: what they may want, and which of them may have it. */
public final class Trust {
    private final Folders folders;
    private final Path workingFolder;
    private final TrustedFiles trusted;

    Trust(Folders folders, Path workingFolder) {
        this.folders = folders;
        this.workingFolder = workingFolder;
        this.trusted = new TrustedFiles(folders);
    }

    /** What an environment of a file wants. */
    public record Want(String environment, List<String> wants) {}

    /** A file that was allowed, and what that allows. */
    public record Allowed(Path file, List<Want> wants) {}

    /** How a file that was allowed once stands today. */
    public enum State {
        TRUSTED,
        CHANGED,
        MISSING
    }

    /** A file that was allowed. */
    public record Entry(Path file, Instant since, State state) {}

    /** Allows a file as it is now; without a name, that of the repository which is worked in. */
    public Allowed allow(Optional<Path> named) {
        Path path = named.map(this::existing).orElseGet(this::ofRepository);
        ConfigFiles.objection(path).ifPresent(why -> {
            throw new DynacogException.Usage(
                    path + " cannot be trusted: " + why,
                    "anyone who can write to it could change it after you review it");
        });
        ConfigFile file = ConfigFile.read(path, Owner.REPOSITORY, folders.userConfigFile());
        file.requireNames();
        List<Want> wants = new ArrayList<>();
        file.environments().forEach((name, definition) -> {
            List<String> all = Wants.of(definition);
            if (!all.isEmpty()) {
                wants.add(new Want(name, all));
            }
        });
        trusted.add(path, file.hash());
        return new Allowed(path, wants);
    }

    /** Takes the word back, also for a file that is gone. */
    public Path revoke(Optional<Path> named) {
        Path path = named.map(this::real).orElseGet(this::ofRepository);
        if (!trusted.remove(path)) {
            throw new DynacogException.NotFound(path + " is not trusted", "dynacog config trust --list");
        }
        return path;
    }

    public List<Entry> all() {
        return trusted.all().stream()
                .map(entry -> new Entry(entry.file(), entry.since(), state(entry)))
                .toList();
    }

    private State state(TrustedFiles.Entry entry) {
        if (!Files.isRegularFile(entry.file())) {
            return State.MISSING;
        }
        try {
            return ConfigFile.hash(entry.file()).equals(entry.hash()) ? State.TRUSTED : State.CHANGED;
        } catch (DynacogException.Usage e) {
            return State.CHANGED;
        }
    }

    private Path existing(Path named) {
        Path path = real(named);
        if (!Files.isRegularFile(path)) {
            throw new DynacogException.NotFound("there is no file " + path, "");
        }
        Path own = folders.userConfigFile();
        if (path.equals(own) || path.equals(real(own))) {
            throw new DynacogException.Usage(path + " is your own file and is always trusted", "");
        }
        return path;
    }

    private Path ofRepository() {
        return ConfigFiles.nearest(workingFolder, folders.home())
                .orElseThrow(() -> new DynacogException.NotFound(
                        "there is no " + ConfigFile.NAME + " here, up to the repository's root",
                        "pass the file: dynacog config trust FILE"));
    }

    /** As the search finds it: the folder without links, the file by its own name. */
    private Path real(Path named) {
        Path path = workingFolder.resolve(named).toAbsolutePath().normalize();
        Path folder = path.getParent();
        try {
            return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
        } catch (IOException e) {
            return path;
        }
    }
}
