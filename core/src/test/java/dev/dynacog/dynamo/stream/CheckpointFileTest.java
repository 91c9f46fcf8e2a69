package dev.dynacog.dynamo.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is this user's alone, and is written nowhere else than where it was meant to be. */
class CheckpointFileTest {
    private static final Checkpoint SOME = new Checkpoint(new StreamPosition("arn:some", Map.of()), List.of());

    private final Path folder;
    private final Path file;

    CheckpointFileTest(@TempDir Path folder) {
        this.folder = folder;
        file = folder.resolve("here.checkpoint");
    }

    @Test
    void itIsItsOwnersAlone() throws IOException {
        CheckpointFile checkpoint = new CheckpointFile(file);
        checkpoint.write(SOME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(checkpoint.read()).contains(SOME);
    }

    @Test
    void itIsNotWrittenThroughALinkThatSomebodyPlantedBesideIt() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Files.createSymbolicLink(folder.resolve("here.checkpoint.tmp"), victim);
        new CheckpointFile(file).write(SOME);
        assertThat(victim).hasContent("theirs");
        assertThat(folder.resolve("here.checkpoint.tmp")).isSymbolicLink();
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "");
        Files.createSymbolicLink(file, victim);
        assertThatThrownBy(() -> new CheckpointFile(file).write(SOME))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessageContaining("it is a link");
        assertThat(victim).hasContent("");
    }

    @Test
    void oneThatOthersCanWriteIsNotBelieved() throws IOException {
        CheckpointFile checkpoint = new CheckpointFile(file);
        checkpoint.write(SOME);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(checkpoint::read)
                .isInstanceOf(DynacogException.Access.class)
                .hasMessageContaining("everyone can write to it");
    }
}
