package dev.dynacog.config;

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
