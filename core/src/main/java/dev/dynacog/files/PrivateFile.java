package dev.dynacog.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files that are this user's alone: nobody else can read them, and nobody can make us write elsewhere by a link
 * or a name known beforehand. Refusals are {@link FileSystemException}s whose reason is for people.
 */
public final class PrivateFile {
    private static final FileAttribute<?>[] FILE = rights("rw-------");
    private static final FileAttribute<?>[] FOLDER = rights("rwx------");
    private static final String UNFINISHED = ".tmp";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private PrivateFile() {}

    /** What is to be in a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces the file as a whole: whoever looks finds the old content or the new, also after a crash. */
    public static void replace(Path file, String content) throws IOException {
        replace(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** As the other one, for content that isn't held in memory. */
    public static void replace(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        refuseAllButFiles(target);
        Path unfinished = temporary(folderOf(target), prefix(target));
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (ClosedByInterruptException interrupted) {
            throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Removes what runs that were killed while they replaced the file left beside it. */
    public static void forgetAbandoned(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = folderOf(target);
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith(prefix(target)) && name.endsWith(UNFINISHED);
        })) {
            for (Path left : all) {
                if (Files.getLastModifiedTime(left, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0) {
                    Files.deleteIfExists(left);
                }
            }
        }
    }

    /**
     * Opens a file to write at its end, and makes it where it is missing. One that others can write is refused, and so is
     * one with several names: whoever made the other name need not be who owns the file.
     */
    public static FileChannel append(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        refuseAllButFiles(target);
        Optional<String> objection = OwnFiles.ofThisUser().objection(target);
        if (objection.isPresent()) {
            throw new FileSystemException(file.toString(), null, objection.get());
        }
        if (names(target) > 1) {
            throw new FileSystemException(
                    file.toString(), null, "it is a hard link: the same file has another name too");
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(target, options, FILE);
    }

    private static int names(Path file) throws IOException {
        return Files.exists(file)
                        && file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                : 1;
    }

    /** Makes an empty file with a name that nobody can know beforehand. */
    public static Path temporary(Path folder, String prefix) throws IOException {
        return Files.createTempFile(folder, prefix, UNFINISHED, FILE);
    }

    /**
     * Opens a file to write and read again that has no name any more, so that nothing of it is left however we end.
     * (Where an open file can't lose its name it goes when it is closed.)
     */
    public static FileChannel scratch(Path folder) throws IOException {
        return FileChannel.open(
                temporary(folder, ".dynacog-"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Makes a folder, with those above it that are missing, for this user only; one that is there stays as it is. */
    public static Path folder(Path folder) throws IOException {
        try {
            return Files.createDirectories(folder, FOLDER);
        } catch (FileAlreadyExistsException file) {
            throw new FileSystemException(folder.toString(), null, "a file is in its way");
        }
    }

    /** Why a file or folder couldn't be read or written, as the end of a sentence. */
    public static String reason(IOException problem) {
        if (problem instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "it already exists";
        }
        return problem instanceof FileSystemException || problem.getMessage() == null
                ? "input/output error"
                : problem.getMessage();
    }

    /** A device or a pipe would be replaced or waited for, and a link could lead anywhere. */
    private static void refuseAllButFiles(Path target) throws IOException {
        if (Files.isSymbolicLink(target)) {
            throw new FileSystemException(target.toString(), null, "it is a link; name the file it leads to");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    target.toString(), null, Files.isDirectory(target) ? "it is a folder" : "it is not a plain file");
        }
    }

    private static Path folderOf(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new FileSystemException(target.toString(), null, "it is a folder");
        }
        return folder;
    }

    private static String prefix(Path target) {
        return "." + target.getFileName() + "-";
    }

    private static FileAttribute<?>[] rights(String rights) {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
