package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The user's home, and the folders of the XDG base directory specification, each with dynacog's own name at its end. */
public record Folders(Path home, Path config, Path state, Path data, Path cache) {

    public static Folders of(Map<String, String> variables, Path home) {
        return new Folders(
                home,
                folder(variables, "XDG_CONFIG_HOME", home.resolve(".config")),
                folder(variables, "XDG_STATE_HOME", home.resolve(".local/state")),
                folder(variables, "XDG_DATA_HOME", home.resolve(".local/share")),
                folder(variables, "XDG_CACHE_HOME", home.resolve(".cache")));
    }

    private static Path folder(Map<String, String> variables, String name, Path fallback) {
        String value = variables.getOrDefault(name, "");
        // The specification asks to ignore relative paths.
        Path base = Path.of(value).isAbsolute() ? Path.of(value) : fallback;
        return base.resolve("dynacog");
    }

    /** Makes a folder in one of these where it is missing; one that can't be written is told with what moves it. */
    public Path make(Path folder) {
        try {
            PrivateFile.folder(folder);
            if (!Files.isWritable(folder)) {
                throw new AccessDeniedException(folder.toString());
            }
            return folder;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** What to say of a file or folder in one of these that can't be written. */
    public DynacogException.Failed unwritable(Path place, IOException problem) {
        String variable = "HOME";
        String kind = "";
        if (place.startsWith(state)) {
            variable = "XDG_STATE_HOME";
            kind = "state ";
        } else if (place.startsWith(data)) {
            variable = "XDG_DATA_HOME";
            kind = "data ";
        } else if (place.startsWith(cache)) {
            variable = "XDG_CACHE_HOME";
            kind = "cache ";
        }
        return new DynacogException.Failed(
                "cannot write to the %sfolder: %s: %s".formatted(kind, place, PrivateFile.reason(problem)),
                "set %s to a writable folder".formatted(variable),
                problem);
    }

    /** Where a running stack says what it serves. */
    public Path stackState() {
        return state.resolve("stack.properties");
    }

    /** Which files of repositories the user allowed. */
    public Path trustedFiles() {
        return state.resolve("trusted-files");
    }

    /** The settings that are the user's own, not a repository's. */
    public Path userConfigFile() {
        return config.resolve(ConfigFile.NAME);
    }
}
