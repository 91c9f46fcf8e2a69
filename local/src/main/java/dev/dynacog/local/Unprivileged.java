package dev.dynacog.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way to run Postgres when this JVM is root's: as the account nobody, without a capability and without a way back.
 * For everybody else that is no command in front, and nobody's files. (The tool starts the whole JVM that way, so this
 * is for servers inside of a JVM that is root's for other reasons, such as a test run.)
 */
record Unprivileged(List<String> prefix, OptionalInt owner) {
    private static final int NOBODY = 65534;

    static Unprivileged choose() {
        if (!System.getProperty("user.name").equals("root")) {
            return new Unprivileged(List.of(), OptionalInt.empty());
        }
        Unprivileged nobody = nobody();
        if (!nobody.works()) {
            throw StackException.failed(
                    "Postgres does not run as root, and this machine offers no way to drop its rights",
                    "run dynacog as another user, or install util-linux (setpriv)");
        }
        return nobody;
    }

    private static Unprivileged nobody() {
        return new Unprivileged(
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs"),
                OptionalInt.of(NOBODY));
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Lets that user pass through a folder of ours, to what belongs to it below; it can't list the folder. */
    void letThrough(Path folder) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(folder));
        if (rights.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(folder, rights);
        }
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE) && !owns(above)) {
                throw StackException.failed(
                        "Postgres runs as the account nobody, because we are root, and that can't pass through "
                                + above,
                        "choose a folder for caches and data that everybody can reach");
            }
        }
    }

    /** Gives a folder to the user that Postgres will be; an earlier run may have been another one. */
    void takeOver(Path folder) throws IOException {
        if (owner.isEmpty() || owns(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.toList();
        }
        // The folder itself last: its owner says that all of it has been done.
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            // A file with a second name may be somebody else's file under another.
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || unix(file, "nlink") == 1) {
                Files.setAttribute(file, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private boolean owns(Path path) throws IOException {
        return owner.isPresent() && owner.getAsInt() == unix(path, "uid");
    }

    private static int unix(Path path, String name) throws IOException {
        return (int) Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean works() {
        try {
            Process trial = BareEnvironment.of(new ProcessBuilder(command(List.of("true"))))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return trial.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
