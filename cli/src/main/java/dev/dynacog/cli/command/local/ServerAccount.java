package dev.dynacog.cli.command.local;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.OwnFiles;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account that root's local servers run as: nobody, without a capability and without a way back. Everybody else's
 * servers run as the one who starts them.
 */
public final class ServerAccount {
    private static final int NOBODY = 65534;
    private static final Path SELF = Path.of("/proc/self");
    private static final List<String> DROP = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--no-new-privs");

    private ServerAccount() {}

    /** The account, when we are root. */
    static Optional<ServerAccount> ofRoot() throws IOException {
        boolean root = Files.exists(SELF)
                ? uid(SELF) == 0
                : System.getProperty("user.name").equals("root");
        return root ? Optional.of(new ServerAccount()) : Optional.empty();
    }

    /** The command with this account's rights. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(DROP);
        whole.addAll(command);
        return whole;
    }

    /** Runs a short command with this account's rights. */
    boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command(command))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted", "", e);
        }
    }

    void requireUsable() {
        if (!run(List.of("true"))) {
            throw new DynacogException.Failed(
                    "the local servers don't run as root, and setpriv, which drops root's rights, doesn't work here",
                    "install util-linux, or run dynacog as another user");
        }
    }

    /** What may be believed of the files that the servers write. */
    OwnFiles files() {
        return new OwnFiles(NOBODY);
    }

    boolean isOf(ProcessHandle process) throws IOException {
        return uid(Path.of("/proc", Long.toString(process.pid()))) == NOBODY;
    }

    /** Gives the folder, with all that is in it, to the account. */
    void give(Path folder) throws IOException {
        if (uid(folder) == NOBODY) {
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
                Files.setAttribute(file, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Whether the account can read the file or folder, by what others may. */
    boolean canRead(Path path) throws IOException {
        if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
            return false;
        }
        for (Path above = path.toRealPath().getParent(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static int uid(Path path) throws IOException {
        return unix(path, "uid");
    }

    private static int unix(Path path, String name) throws IOException {
        // The folder of a process in /proc is its owner's; /proc/self is a link to one.
        LinkOption[] links = path.equals(SELF) ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        return (int) Files.getAttribute(path, "unix:" + name, links);
    }
}
