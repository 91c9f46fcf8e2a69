package dev.dynacog.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** What is done to folders here, with errors that a person can act on. */
final class Folders {
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

    static StackException unusable(Path folder, String purpose, IOException problem) {
        return StackException.failed(
                "the %s folder %s cannot be used: %s".formatted(purpose, folder, reason(problem)),
                "check that its disk is mounted, writable and not full, or choose another folder",
                problem);
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
