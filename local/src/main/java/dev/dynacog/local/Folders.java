package dev.dynacog.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to folders here, with errors that a person can act on. */
final class Folders {
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITES = 0020;
    private static final String UNFINISHED = ".dynacog-";

    private Folders() {}

    /** Makes the folder, for its owner only, where it is missing. */
    static Path ensure(Path folder, String purpose) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(
                        absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isWritable(absolute)) {
                throw new AccessDeniedException(absolute.toString(), null, "not writable");
            }
            return absolute.toRealPath();
        } catch (IOException problem) {
            throw unusable(absolute, purpose, problem);
        }
    }

    /** What lies in a folder that others can write may be theirs, and would be run with our rights. */
    static void requireOwn(Path folder, String purpose) throws IOException {
        int owner = unix(folder, "uid");
        Path self = Path.of("/proc/self");
        int us = Files.exists(self) ? (int) Files.getAttribute(self, "unix:uid") : owner;
        boolean othersWrite = (unix(folder, "mode") & OTHERS_WRITE) != 0;
        if ((owner != us && owner != 0) || othersWrite) {
            throw StackException.failed(
                    "the %s folder %s cannot be trusted: %s"
                            .formatted(
                                    purpose,
                                    folder,
                                    othersWrite
                                            ? "other users can write to it"
                                            : "it belongs to "
                                                    + Files.getOwner(folder).getName()),
                    "remove it; it will be created again");
        }
    }

    /**
     * The same for every file below: who wrote one while the folder was open to him has it still.
     *
     * @param whole what is to be removed when one isn't
     */
    static void requireOwnFiles(Path folder, Path whole) throws IOException {
        Path self = Path.of("/proc/self");
        int us = unix(Files.exists(self) ? self.toRealPath() : folder, "uid");
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes basic) throws IOException {
                return require(path, OTHERS_WRITE);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes basic) throws IOException {
                return require(path, basic.isSymbolicLink() ? 0 : OTHERS_WRITE | GROUP_WRITES);
            }

            private FileVisitResult require(Path path, int forbidden) throws IOException {
                Map<String, Object> facts = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
                int owner = facts.get("uid") instanceof Integer uid ? uid : -1;
                boolean othersWrite = !(facts.get("mode") instanceof Integer mode) || (mode & forbidden) != 0;
                if ((owner != us && owner != 0) || othersWrite) {
                    throw StackException.failed(
                            "the cached file %s cannot be trusted: %s"
                                    .formatted(
                                            path,
                                            othersWrite
                                                    ? "other users can write to it"
                                                    : "it belongs to "
                                                            + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                                                                    .getName()),
                            "remove %s; it will be created again".formatted(whole));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static int unix(Path path, String name) throws IOException {
        return (int) Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether what is unpacked there can be run: not on a file system that is mounted noexec. */
    static boolean runsPrograms(Path folder) throws IOException {
        Path probe = Files.createTempFile(
                folder,
                UNFINISHED,
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            return Files.isExecutable(probe);
        } finally {
            Files.delete(probe);
        }
    }

    static StackException unusable(Path folder, String purpose, IOException problem) {
        return StackException.failed(
                "the %s folder %s cannot be used: %s".formatted(purpose, folder, reason(problem)),
                "check that its disk is mounted, writable and not full, or choose another folder",
                problem);
    }

    /** Replaces a file as a whole, for its owner only, through a name that nobody knows beforehand. */
    static void replace(Path file, byte[] content) throws IOException {
        Path unfinished = Files.createTempFile(file.getParent(), UNFINISHED, ".tmp");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    static void replace(Path file, String content) throws IOException {
        replace(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            Files.walkFileTree(root, new Deleter());
        }
    }

    private static String reason(IOException problem) {
        if (problem instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "a file is in its way";
        }
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            // Somebody else deletes the same tree: what is gone is what we want.
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
