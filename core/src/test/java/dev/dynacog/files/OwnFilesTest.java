package dev.dynacog.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is believed that somebody else could have written. */
class OwnFilesTest {
    private final Path folder;
    private final Path file;
    private final OwnFiles own;

    OwnFilesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        file = Files.writeString(folder.resolve("file"), "x");
        rights(folder, "rwx------");
        rights(file, "rw-r--r--");
        own = OwnFiles.ofThisUser();
    }

    @Test
    void ourOwnFileIsBelievedWhoeverMayReadIt() {
        assertThat(own.objection(file)).isEmpty();
        assertThat(own.objection(folder)).isEmpty();
    }

    @Test
    void thereIsNoObjectionToWhatDoesNotExist() {
        assertThat(own.objection(folder.resolve("missing"))).isEmpty();
        assertThat(own.objection(folder.resolve("no/where"))).isEmpty();
    }

    @Test
    void aFileThatEverybodyCanWriteIsNotBelieved() throws IOException {
        rights(file, "rw-r--rw-");
        assertThat(own.objection(file)).contains("everyone can write to it");
    }

    @Test
    void aFileInAFolderThatEverybodyCanWriteIsNotBelieved() throws IOException {
        rights(folder, "rwxr-xrwx");
        assertThat(own.objection(file)).contains("everyone can write to its folder " + folder);
    }

    @Test
    void inAFolderLikeTmpOnlyTheOwnerCanReplaceAFile() throws IOException {
        needsRoot();
        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(own.objection(file)).isEmpty();
    }

    @Test
    void aGroupThatCanWriteIsNamed() throws IOException {
        needsRoot();
        Files.setAttribute(file, "unix:gid", 1);
        rights(file, "rw-rw-r--");
        String group = Files.getAttribute(file, "posix:group").toString();
        assertThat(own.objection(file)).contains("the group " + group + " can write it");
    }

    @Test
    void theGroupThatIsTheOwnersAloneMayWrite() throws IOException {
        needsRoot();
        rights(file, "rw-rw-r--");
        assertThat(own.objection(file)).isEmpty();
    }

    @Test
    void somebodyElsesFileIsNotBelieved() throws IOException {
        needsRoot();
        Files.setAttribute(file, "unix:uid", 65534);
        String owner = Files.getOwner(file).getName();
        assertThat(own.objection(file)).contains("it belongs to " + owner);
    }

    @Test
    void ourFileInSomebodyElsesFolderIsNotBelieved() throws IOException {
        needsRoot();
        Files.setAttribute(folder, "unix:uid", 65534);
        String owner = Files.getOwner(folder).getName();
        assertThat(own.objection(file)).contains("its folder " + folder + " belongs to " + owner);
    }

    @Test
    void anotherUserBelievesRootsFiles() throws IOException {
        needsRoot();
        OwnFiles nobodys = new OwnFiles(65534);
        assertThat(nobodys.objection(file)).isEmpty();
        Files.setAttribute(file, "unix:uid", 12345);
        assertThat(nobodys.objection(file)).contains("it belongs to 12345");
    }

    @Test
    void ofALinkBothEndsAreJudged() throws IOException {
        needsRoot();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = Files.writeString(elsewhere.resolve("target"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/target"));
        assertThat(own.objection(link)).isEmpty();
        Files.setAttribute(target, "unix:uid", 12345);
        assertThat(own.objection(link)).contains("it belongs to 12345");
        Files.setAttribute(target, "unix:uid", 0);
        Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        assertThat(own.objection(link)).contains("it belongs to 12345");
    }

    @Test
    void aLinkThatLeadsNowhereIsJudgedByItself() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("missing"));
        assertThat(own.objection(link)).isEmpty();
    }

    @Test
    void everyLinkOnTheWayIsJudged() throws IOException {
        needsRoot();
        Path middle = Files.createSymbolicLink(folder.resolve("middle"), file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), middle);
        assertThat(own.objection(link)).isEmpty();
        Files.setAttribute(middle, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        assertThat(own.objection(link)).contains("it belongs to 12345");
    }

    @Test
    void linksInACircleEnd() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("back"));
        Files.createSymbolicLink(folder.resolve("back"), link);
        assertThat(own.objection(link)).contains("its links lead in a circle");
    }

    @Test
    void theUserIsTheSystemsNotAProperty() throws IOException {
        String name = System.getProperty("user.name");
        System.setProperty("user.name", "daemon");
        try {
            assertThat(OwnFiles.ofThisUser().objection(file)).isEqualTo(Optional.empty());
        } finally {
            System.setProperty("user.name", name);
        }
    }

    private static void needsRoot() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "giving files away needs root");
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
