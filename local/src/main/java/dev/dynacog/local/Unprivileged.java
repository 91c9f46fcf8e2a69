package dev.dynacog.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The way to run Postgres, which refuses root: a command to put in front, and who must own its files. For everybody
 * but root that is nothing and nobody.
 */
record Unprivileged(List<String> prefix, OptionalInt owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static Unprivileged choose() {
        if (!System.getProperty("user.name").equals("root")) {
            return new Unprivileged(List.of(), OptionalInt.empty());
        }
        List<Unprivileged> ways = List.of(userNamespace(), otherUser());
        return ways.stream()
                .filter(Unprivileged::works)
                .findFirst()
                .orElseThrow(() -> StackException.failed(
                        "Postgres does not run as root, and this machine offers no way to drop its rights",
                        "run dynacog as another user, or install util-linux (unshare, setpriv)"));
    }

    /** In a namespace of its own root is nobody, and still owns its files. */
    static Unprivileged userNamespace() {
        return new Unprivileged(List.of("unshare", "--user"), OptionalInt.of(ROOT));
    }

    /**
     * Where namespaces are forbidden, as in most containers. The capability lets it reach programs and data below a
     * home folder that is root's alone.
     */
    static Unprivileged otherUser() {
        return new Unprivileged(
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override",
                        // Without it access(2), which Postgres finds its programs with, ignores capabilities.
                        "--securebits=+no_setuid_fixup"),
                OptionalInt.of(NOBODY));
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Gives a folder to the user that Postgres will be; an earlier run may have been another one. */
    void takeOver(Path folder) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        Integer wanted = owner.getAsInt();
        if (wanted.equals(Files.getAttribute(folder, "unix:uid"))) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.toList();
        }
        // The folder itself last: its owner says that all of it has been done.
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.setAttribute(files.get(i), "unix:uid", wanted, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private boolean works() {
        try {
            Process trial = new ProcessBuilder(command(List.of("true")))
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
