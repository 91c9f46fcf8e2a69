package dev.dynacog.cli.command.local;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the servers of root's stack find what they need. They run as an account that can't pass through root's home, so
 * their data, state and programs are below the system's own folders, in places that the account owns (what it writes)
 * or that root does (what it runs).
 */
final class RootsStack {
    private static final Path LASTING = Path.of("/var/lib/dynacog");
    private static final Path CACHE = Path.of("/var/cache/dynacog");
    private static final FileAttribute<?> PASSABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private final ServerAccount account;

    RootsStack(ServerAccount account) {
        this.account = account;
    }

    /** The servers' folder in place of one of root's own; what an earlier version kept there moves with it. */
    Path instead(Path folder) throws IOException {
        Path place = place(folder);
        makePassable(LASTING);
        if (!Files.exists(place) && Files.isDirectory(folder)) {
            move(folder, place);
        }
        PrivateFile.folder(place);
        account.give(place);
        return place;
    }

    /** Where that folder is, or would be. */
    static Path place(Path folder) {
        return LASTING.resolve(folder.getFileName() + "-" + digest(folder.toString()));
    }

    /** Of a stack that nothing is left of: not in the folder for temporary files, which may be root's alone. */
    Path passing() throws IOException {
        makePassable(LASTING);
        Path folder = Files.createTempDirectory(LASTING, "passing-");
        account.give(folder);
        return folder;
    }

    /** For what is unpacked and run: not on a file system without programs, as /var may be. */
    Path cache() throws IOException {
        for (Path folder : List.of(CACHE, LASTING)) {
            makePassable(folder);
            if (runsPrograms(folder)) {
                Path servers = PrivateFile.folder(folder.resolve("servers"));
                account.give(servers);
                return servers;
            }
        }
        throw new DynacogException.Failed(
                "cannot run programs from %s or %s: they are mounted noexec".formatted(CACHE, LASTING),
                "mount one of them without noexec, or run dynacog as another user");
    }

    private static boolean runsPrograms(Path folder) throws IOException {
        Path probe = PrivateFile.temporary(folder, "probe-");
        try {
            Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwx------"));
            return Files.isExecutable(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** The servers' jars, copied where root's home hides them. */
    Path jars(Path home) throws IOException {
        Path jars = home.resolve("lib/local");
        if (account.canRead(jars)) {
            return jars;
        }
        makePassable(CACHE);
        String prefix = "jars-" + digest(jars.toString()) + "-";
        Path copy = CACHE.resolve(prefix + digest(Files.readString(home.resolve("lib/build")) + stamp(jars)));
        if (!Files.isDirectory(copy)) {
            try (DirectoryStream<Path> older = Files.newDirectoryStream(CACHE, prefix + "*")) {
                for (Path old : older) {
                    LocalFiles.delete(old);
                }
            }
            Path unfinished = Files.createTempDirectory(CACHE, prefix, READABLE);
            try (DirectoryStream<Path> all = Files.newDirectoryStream(jars)) {
                for (Path jar : all) {
                    Path to = Files.copy(jar, unfinished.resolve(jar.getFileName()));
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    /** A file that was given by name, copied where root's home hides it. */
    Path readable(Path file, Path state) throws IOException {
        if (!Files.isRegularFile(file) || account.canRead(file)) {
            return file;
        }
        Path folder = Files.createTempDirectory(state, "given-");
        Files.copy(file, folder.resolve(file.getFileName()));
        account.give(folder);
        return folder.resolve(file.getFileName());
    }

    void requireReadable(Path java) throws IOException {
        if (!account.canRead(java)) {
            throw new DynacogException.Failed(
                    "the local servers run as user nobody because you are root, and nobody cannot read the" + " JDK "
                            + java,
                    "set DYNACOG_JAVA to a JDK that everyone can read, or run dynacog as another user");
        }
    }

    /** Deletes a folder that is the servers', with their rights: root follows nothing that they put there. */
    void delete(Path place) throws IOException {
        if (Files.exists(place)) {
            account.run(List.of("find", place.toString(), "-mindepth", "1", "-delete"));
            LocalFiles.delete(place);
        }
    }

    private static String stamp(Path jars) throws IOException {
        StringBuilder stamp = new StringBuilder();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(jars, "dynacog-*.jar")) {
            for (Path jar : all) {
                stamp.append(jar.getFileName()).append(Files.getLastModifiedTime(jar));
            }
        }
        return stamp.toString();
    }

    /** By the system's own command: the two may be on different disks. */
    private static void move(Path from, Path to) throws IOException {
        try {
            Process mv = new ProcessBuilder("mv", "--", from.toString(), to.toString()).start();
            if (mv.waitFor() != 0) {
                throw new IOException("can't move " + from + " to " + to + ": "
                        + new String(mv.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynacogException.Incomplete("interrupted while the data moved", "", e);
        }
    }

    private static void makePassable(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder, PASSABLE);
            } catch (IOException e) {
                throw new DynacogException.Failed(
                        "the local servers run as nobody, because you are root, and %s can't be made for them: %s"
                                .formatted(folder, PrivateFile.reason(e)),
                        "make it, with access for everybody (chmod 711), or run dynacog as another user",
                        e);
            }
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
