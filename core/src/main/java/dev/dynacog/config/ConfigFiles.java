package dev.dynacog.config;

import dev.dynacog.config.ConfigFile.Definition;
import dev.dynacog.config.ConfigFile.Owner;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that say where to work: the user's own, and that of the repository which is worked in. An environment belongs
 * to one of them.
 *
 * @param notRead a file that would be the repository's if it were the user's, and why it isn't believed
 */
record ConfigFiles(
        Folders folders, Optional<ConfigFile> own, Optional<ConfigFile> repository, Optional<String> notRead) {

    static ConfigFiles read(Folders folders, Path workingFolder) {
        Path userFile = folders.userConfigFile();
        Optional<ConfigFile> own = own(userFile);
        Optional<Path> found = nearest(workingFolder, folders.home()).filter(path -> !isSame(path, userFile));
        Optional<String> objection = found.flatMap(ConfigFiles::objection);
        return new ConfigFiles(
                folders,
                own,
                objection.isPresent()
                        ? Optional.empty()
                        : found.map(path -> ConfigFile.read(path, Owner.REPOSITORY, userFile)),
                objection.map(why -> found.orElseThrow() + " is not read: " + why));
    }

    private static Optional<ConfigFile> own(Path userFile) {
        return Files.isRegularFile(userFile)
                ? Optional.of(ConfigFile.read(believed(userFile), Owner.USER, userFile))
                : Optional.empty();
    }

    /** What the user's own file says of how things look. */
    static Map<String, Sourced<String>> defaults(Folders folders) {
        return own(folders.userConfigFile()).map(ConfigFile::defaults).orElse(Map.of());
    }

    private static Path believed(Path userFile) {
        objection(userFile).ifPresent(why -> {
            throw new DynacogException.Usage(
                    "your own file is ignored: " + userFile + ": " + why,
                    "check its contents, then make it writable only by you (chmod go-w, chown)");
        });
        return userFile;
    }

    static Optional<String> objection(Path file) {
        try {
            return OwnFiles.ofThisUser().objection(file);
        } catch (IOException e) {
            return Optional.of("cannot determine the current user (" + e.getMessage() + ")");
        }
    }

    /**
     * The first such file on the way up, which ends at the repository's root and at the user's home: what lies above may
     * be anybody's.
     */
    static Optional<Path> nearest(Path workingFolder, Path home) {
        for (Path folder = real(workingFolder); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(ConfigFile.NAME);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
            // A file in a work tree or a submodule, a folder elsewhere.
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS) || isSame(folder, home)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** What the environment's file says of it; nothing for one that no file has. */
    Optional<Definition> definition(String name) {
        own.ifPresent(file -> file.requireNotMisnamed(name));
        repository.ifPresent(file -> file.requireNotMisnamed(name));
        Optional<Definition> ours =
                own.flatMap(file -> Optional.ofNullable(file.environments().get(name)));
        Optional<Definition> theirs = repository.flatMap(
                file -> Optional.ofNullable(file.environments().get(name)));
        if (ours.isPresent() && theirs.isPresent()) {
            throw new DynacogException.Usage(
                    theirs.get().place().describe() + " has an environment '" + name
                            + "' that is also in your own file ("
                            + ours.get().place().describe() + ")",
                    "rename one of them");
        }
        theirs.ifPresent(definition -> requireTrust(name, repository.orElseThrow(), definition));
        return ours.or(() -> theirs);
    }

    private void requireTrust(String name, ConfigFile file, Definition definition) {
        List<String> wants = Wants.of(definition);
        if (wants.isEmpty()) {
            return;
        }
        Optional<TrustedFiles.Entry> entry = new TrustedFiles(folders).find(file.path());
        if (entry.isPresent() && entry.get().hash().equals(file.hash())) {
            return;
        }
        throw new DynacogException.Usage(
                "environment " + name + " of " + file.path() + " wants " + String.join(", ", wants)
                        + (entry.isPresent()
                                ? ", and the file changed after you trusted it"
                                : ", and that file is not trusted"),
                "review the file, then run: dynacog config trust " + file.path());
    }

    /** Fails when any environment of the files has a wrong name. */
    void requireNames() {
        own.ifPresent(ConfigFile::requireNames);
        repository.ifPresent(ConfigFile::requireNames);
    }

    /** The names of the environments that the files add. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        own.ifPresent(file -> names.addAll(file.environments().keySet()));
        repository.ifPresent(file -> names.addAll(file.environments().keySet()));
        return names.stream()
                .filter(name -> !SettingsLoader.BUILT_IN.contains(name))
                .distinct()
                .toList();
    }

    /** Which files were read, and what their word counts. */
    List<Settings.Shown> shown() {
        List<Settings.Shown> shown = new ArrayList<>();
        own.ifPresent(file ->
                shown.add(new Settings.Shown("own-file", Optional.of(file.path().toString()), "your own")));
        repository.ifPresent(file -> shown.add(
                new Settings.Shown("repository-file", Optional.of(file.path().toString()), standing(file))));
        notRead.ifPresent(why -> shown.add(new Settings.Shown("repository-file", Optional.empty(), why)));
        return shown;
    }

    private String standing(ConfigFile file) {
        if (file.environments().values().stream().allMatch(it -> Wants.of(it).isEmpty())) {
            return "needs no trust";
        }
        try {
            return new TrustedFiles(folders)
                    .find(file.path())
                    .map(entry -> entry.hash().equals(file.hash()) ? "trusted" : "not trusted: it changed")
                    .orElse("not trusted");
        } catch (DynacogException.Usage e) {
            return "not trusted: " + e.getMessage();
        }
    }
}
