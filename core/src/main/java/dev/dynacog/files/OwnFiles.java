package dev.dynacog.files;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * Whether what a file or folder says may be believed: it belongs to this user or to root, nobody else can write it, and
 * the same holds for the folder it lies in. File systems without POSIX rights have no objection.
 */
public final class OwnFiles {
    private static final int ROOT = 0;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int MOST_LINKS = 40;

    private final int user;

    /**
     * What another user would have to say.
     *
     * @param user the number of the account whose files are believed, beside root's
     */
    public OwnFiles(int user) {
        this.user = user;
    }

    /** For the user whom this process acts as. */
    public static OwnFiles ofThisUser() throws IOException {
        Path self = Path.of("/proc/self");
        // The system's word where it gives one: user.name is a property that anybody can set.
        return new OwnFiles(
                Files.exists(self) ? (int) Files.getAttribute(self, "unix:uid") : (int) new UnixSystem().getUid());
    }

    /**
     * Why the file or folder is not to be believed, as the end of a sentence ("it belongs to bob"); nothing when it is,
     * and nothing for one that doesn't exist. Of a link, both ends are judged, and each
     * link on the way.
     */
    public Optional<String> objection(Path path) {
        try {
            Path absolute = path.toAbsolutePath().normalize();
            if (!Files.getFileStore(existing(absolute)).supportsFileAttributeView("posix")) {
                return Optional.empty();
            }
            Path file = absolute;
            for (int links = 0; Files.isSymbolicLink(file); links++) {
                Path link = file;
                Optional<String> objection = ownerObjection(link, "it").or(() -> folderObjection(link));
                if (objection.isPresent()) {
                    return objection;
                }
                if (links == MOST_LINKS) {
                    return Optional.of("its links lead in a circle");
                }
                file = target(link);
            }
            Path end = file;
            if (!Files.exists(end, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            return fileObjection(end).or(() -> folderObjection(end));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException | Unreadable problem) {
            return Optional.of("its owner can't be read (" + problem.getMessage() + ")");
        }
    }

    private static Path existing(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        // A file store is asked through links, and a dangling one has none.
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static Path target(Path link) throws IOException {
        Path leadsTo = link.resolveSibling(Files.readSymbolicLink(link));
        Path folder = leadsTo.getParent();
        return folder == null ? leadsTo : folder.toRealPath().resolve(leadsTo.getFileName());
    }

    private Optional<String> fileObjection(Path file) {
        return ownerObjection(file, "it").or(() -> rightsObjection(file, "it", mode(file)));
    }

    /** In a folder such as /tmp only a file's owner can replace it. */
    private Optional<String> folderObjection(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Path real = real(folder);
        String name = "its folder " + folder;
        return ownerObjection(real, name)
                .or(() -> (mode(real) & STICKY) != 0 ? Optional.empty() : rightsObjection(real, name, mode(real)));
    }

    private Optional<String> ownerObjection(Path path, String name) {
        // Numbers first: a name may have to be asked for over the network.
        int owner = uid(path);
        return owner == user || owner == ROOT
                ? Optional.empty()
                : Optional.of(name + " belongs to " + attributes(path).owner().getName());
    }

    private Optional<String> rightsObjection(Path path, String name, int mode) {
        if ((mode & OTHERS_WRITE) != 0) {
            return Optional.of("everyone can write to " + name);
        }
        if ((mode & GROUP_WRITES) != 0 && !isPrivateGroup(attributes(path))) {
            return Optional.of("the group " + attributes(path).group().getName() + " can write " + name);
        }
        return Optional.empty();
    }

    /** Many systems give each user a group of the same name, with nobody else in it, and let it write by default. */
    private static boolean isPrivateGroup(PosixFileAttributes attributes) {
        return attributes.group().getName().equals(attributes.owner().getName());
    }

    private static PosixFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException problem) {
            throw new Unreadable(problem);
        }
    }

    private static int uid(Path path) {
        return unix(path, "uid");
    }

    private static int mode(Path path) {
        return unix(path, "mode");
    }

    private static int unix(Path path, String name) {
        try {
            return (int) Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException problem) {
            throw new Unreadable(problem);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException problem) {
            throw new Unreadable(problem);
        }
    }

    /** A file's attributes can't be had, inside of a chain of questions. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(IOException problem) {
            super(problem.toString(), problem);
        }
    }
}
