package dev.dynacog.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for this user stays with this user, and goes where it was meant to go. */
class PrivateFileTest {
    private final Path folder;

    PrivateFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aReplacedFileIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("file");
        PrivateFile.replace(file, "one");
        assertThat(rights(file)).isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFile.replace(file, "two");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void contentThatFailsLeavesTheOldAndNothingElse() throws IOException {
        Path file = folder.resolve("file");
        PrivateFile.replace(file, "old");
        assertThatThrownBy(() -> PrivateFile.replace(file, out -> {
                    out.write('n');
                    throw new IOException("full");
                }))
                .hasMessage("full");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void replacingFollowsNoLink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
        assertThatThrownBy(() -> PrivateFile.replace(link, "ours")).satisfies(PrivateFileTest::isALink);
        assertThat(victim).hasContent("theirs");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aDeviceIsNotReplaced() {
        assertThatThrownBy(() -> PrivateFile.replace(Path.of("/dev/null"), "x"))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        refusal -> assertThat(refusal.getReason()).isEqualTo("it is not a plain file"));
        assertThatThrownBy(() -> PrivateFile.replace(folder, "x"))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        refusal -> assertThat(refusal.getReason()).isEqualTo("it is a folder"));
    }

    @Test
    void aLinkPlantedUnderThePlainTemporaryNameIsNotWrittenThrough() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Files.createSymbolicLink(folder.resolve("file.tmp"), victim);
        PrivateFile.replace(folder.resolve("file"), "ours");
        assertThat(victim).hasContent("theirs");
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNextAndWhatIsBeingWrittenStays() throws IOException {
        Path file = folder.resolve("file");
        Path left = PrivateFile.temporary(folder, ".file-");
        Path fresh = PrivateFile.temporary(folder, ".file-");
        Path anothers = PrivateFile.temporary(folder, ".other-");
        for (Path old : List.of(left, anothers)) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        PrivateFile.forgetAbandoned(file);
        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
        assertThat(anothers).exists();
        PrivateFile.forgetAbandoned(folder.resolve("no/folder"));
    }

    @Test
    void appendingMakesAFileOfOursAloneAndGoesOnAtItsEnd() throws IOException {
        Path file = folder.resolve("log");
        for (String line : List.of("one\n", "two\n")) {
            try (FileChannel log = PrivateFile.append(file)) {
                log.write(bytes(line));
            }
        }
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(rights(file)).isEqualTo("rw-------");
    }

    @Test
    void appendingFollowsNoLink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("log"), victim);
        assertThatThrownBy(() -> PrivateFile.append(link)).satisfies(PrivateFileTest::isALink);
        assertThat(victim).hasContent("theirs");
    }

    @Test
    void appendingToAFileThatHasAnotherNameIsRefused() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Path log = Files.createLink(folder.resolve("log"), victim);
        assertThatThrownBy(() -> PrivateFile.append(log))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        refusal -> assertThat(refusal.getReason()).startsWith("it is a hard link"));
        assertThat(victim).hasContent("theirs");
    }

    @Test
    void appendingToAFileThatOthersCanWriteIsRefused() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> PrivateFile.append(log))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        refusal -> assertThat(refusal.getReason()).isEqualTo("everyone can write to it"));
    }

    @Test
    void aScratchFileHasNoNameSoThatNothingIsLeftByAKill() throws IOException {
        try (FileChannel scratch = PrivateFile.scratch(folder)) {
            assertThat(names()).isEmpty();
            scratch.write(bytes("kept"));
            ByteBuffer read = ByteBuffer.allocate(4);
            scratch.read(read, 0);
            assertThat(read.array()).isEqualTo("kept".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aNewFolderIsItsOwnersAlone() throws IOException {
        Path made = PrivateFile.folder(folder.resolve("a/b"));
        assertThat(rights(made)).isEqualTo("rwx------");
        assertThat(rights(folder.resolve("a"))).isEqualTo("rwx------");
        PrivateFile.folder(made);
    }

    private static void isALink(Throwable refusal) {
        assertThat(refusal).isInstanceOf(FileSystemException.class).hasMessageContaining("it is a link");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
