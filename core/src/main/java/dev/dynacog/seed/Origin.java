package dev.dynacog.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;

/**
 * Where a fixture comes from.
 *
 * @param file as it was given
 * @param name the file's name without its ending
 * @param identity what the fixture is known by when it says nothing of its own
 */
record Origin(String file, String name, String identity) {
    static final String ENDING = ".conversation";

    /** One that is shipped: its name is enough. */
    static Origin ofShipped(String name) {
        return new Origin(name + ENDING, name, name);
    }

    /**
     * A file is known by its path below its project, which is the nearest folder above it with a dynacog.yaml or a .git:
     * so it is the same in every checkout. Without a project it is known by its whole path.
     */
    static Origin ofFile(Path file) throws IOException {
        String name = withoutEnding(String.valueOf(file.getFileName()));
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path place = (folder == null ? file.toAbsolutePath() : folder).toRealPath();
        for (Path above = place; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve("dynacog.yaml")) || Files.exists(above.resolve(".git"))) {
                return new Origin(file.toString(), name, path(above.relativize(place), name));
            }
        }
        return new Origin(file.toString(), name, path(place, name));
    }

    private static String path(Path folder, String name) {
        String text =
                folder.resolve(name).toString().replace(folder.getFileSystem().getSeparator(), "/");
        // Some file systems take apart what others put together: an accent is the same letter in both.
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    static String withoutEnding(String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
