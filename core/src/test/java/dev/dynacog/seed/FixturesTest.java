package dev.dynacog.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixturesTest {
    private static final String TEXT = "people: a, b\nstarts: now\na: hi\n";

    private Path folder = Path.of("");

    @BeforeEach
    void aFolder(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
    }

    private Path file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<String> identities(Path... files) {
        Fixtures.Read read =
                Fixtures.read(List.of(files).stream().map(Path::toString).toList());
        assertThat(read.mistakes()).isEmpty();
        return read.fixtures().stream().map(Fixture::identity).toList();
    }

    @Test
    void aFileIsKnownByItsPathBelowItsProject() throws IOException {
        Path file = file("app/fixtures/standup.conversation", TEXT);
        Files.createDirectory(folder.resolve("app/.git"));
        assertThat(identities(file)).containsExactly("fixtures/standup");
        file("app/fixtures/dynacog.yaml", "");
        assertThat(identities(file)).containsExactly("standup");
    }

    @Test
    void withoutAProjectItIsKnownByItsWholePath() throws IOException {
        Path one = file("a/x.conversation", TEXT);
        Path other = file("b/x.conversation", TEXT);
        assertThat(identities(one, other)).containsExactly(folder + "/a/x", folder + "/b/x");
    }

    @Test
    void theWayToAFileMakesNoDifference() throws IOException {
        Path file = file("app/fixtures/standup.conversation", TEXT);
        Files.createDirectory(folder.resolve("app/.git"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("app/fixtures"));
        assertThat(identities(
                        link.resolve("standup.conversation"),
                        file.resolve("../../fixtures/standup.conversation").normalize()))
                .containsOnly("fixtures/standup");
    }

    @Test
    void anIdOfItsOwnComesBeforeThePath() throws IOException {
        assertThat(identities(file("a/x.conversation", "id: standup\n" + TEXT))).containsExactly("standup");
    }

    @Test
    void aFolderIsAllFixturesInItInTheOrderOfTheirPaths() throws IOException {
        file("f/b.conversation", "id: b\n" + TEXT);
        file("f/a/z.conversation", "id: a/z\n" + TEXT);
        file("f/a.conversation", "id: a\n" + TEXT);
        file("f/.hidden/no.conversation", TEXT);
        file("f/.no.conversation", TEXT);
        file("f/notes.txt", "no fixture");
        assertThat(identities(folder.resolve("f"))).containsExactly("a", "a/z", "b");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> identities(empty)).isInstanceOf(DynacogException.NotFound.class);
    }

    @Test
    void whateverAFileHoldsItsMistakesAreToldInAFewLines() throws IOException {
        String head = "people: a, b\nstarts: now\n";
        List<String> hostile = List.of(
                "",
                "\0\0\0",
                "x".repeat(5_000_000),
                "x" + " ".repeat(3_000_000) + "y",
                "x\n".repeat(2_000_000),
                "people: " + "x,".repeat(3_000_000),
                "starts: now" + " ".repeat(3_000_000) + "\u2028-",
                "group: " + "-".repeat(3_000_000),
                "every: " + "9".repeat(3_000_000),
                head + "a: " + "x".repeat(5_000_000),
                head + "a:\n " + "\n".repeat(5_000_000) + " x",
                head + "a:\n" + " x\n".repeat(2_000_000),
                head + "a: x\n".repeat(3_000_000),
                head + "a: \0",
                "people: a\0, b\nstarts: now\na: hi",
                "[".repeat(3_000_000));
        for (String text : hostile) {
            Path file = file("hostile", text);
            List<String> mistakes = Fixtures.read(List.of(file.toString())).mistakes();
            assertThat(mistakes)
                    .hasSizeBetween(1, 60)
                    .allSatisfy(mistake -> assertThat(mistake)
                            .hasSizeLessThan(folder.toString().length() + 300)
                            .startsWith(file.toString()));
        }
    }

    @Test
    void lineEndsAndAByteOrderMarkMakeNoDifference() throws IOException {
        Fixtures.Read read = Fixtures.read(List.of(
                file("x", "\ufeff" + TEXT.replace("\n", "\r\n") + "b: ho").toString()));
        assertThat(read.fixtures())
                .singleElement()
                .satisfies(fixture -> assertThat(fixture.lines())
                        .containsExactly(new Fixture.Line("a", "hi"), new Fixture.Line("b", "ho")));
    }

    @Test
    void whatIsNoTextOrTooLargeIsRefused() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        Path half = Files.write(folder.resolve("half"), new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        for (Path file : List.of(binary, half)) {
            assertThatThrownBy(() -> identities(file))
                    .isInstanceOf(DynacogException.Usage.class)
                    .hasMessageContaining("is not UTF-8");
        }
        Path huge = folder.resolve("huge");
        try (var sparse = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        assertThatThrownBy(() -> identities(huge))
                .hasMessageContaining("larger than the maximum fixture size (16 MiB)");
        assertThatThrownBy(() -> Fixtures.read(List.of("no\0name"))).isInstanceOf(DynacogException.NotFound.class);
    }
}
