package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state file of a stack that this very process plays. */
class RunningStackTest {
    private Folders folders = Folders.of(Map.of(), Path.of(""));

    @BeforeEach
    void place(@TempDir Path home) throws IOException {
        folders = Folders.of(Map.of(), home.toRealPath());
        Files.createDirectories(folders.state());
    }

    private static Instant started() {
        return ProcessHandle.current().info().startInstant().orElseThrow();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folders.stackState(), text);
    }

    private Path stack(String status, Instant started, String more) throws IOException {
        return file(
                "status=" + status + "\npid=" + ProcessHandle.current().pid() + "\nstarted=" + started + "\n" + more);
    }

    @Test
    void aStackThatIsUpSaysWhatItServes() throws IOException {
        Path file = stack("ready", started(), """
                dynamodb.endpoint=http://localhost:1
                dynamodb.millis=700
                cognito.endpoint=http://localhost:2
                cognito.pool=local_A
                postgres.url=postgresql://localhost:3/a
                data=/var/data
                note.1=one
                note.2=two
                note.4=four
                """);
        RunningStack stack = RunningStack.find(folders).orElseThrow();
        assertThat(stack.stateFile()).isEqualTo(file);
        assertThat(stack.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(stack.process()).contains(ProcessHandle.current());
        assertThat(stack.dynamodb()).contains("http://localhost:1");
        assertThat(stack.cognito()).contains("http://localhost:2");
        assertThat(stack.userPoolId()).contains("local_A");
        assertThat(stack.postgres()).contains("postgresql://localhost:3/a");
        assertThat(stack.dataFolder()).contains(Path.of("/var/data"));
        assertThat(stack.startTime("dynamodb")).contains(Duration.ofMillis(700));
        assertThat(stack.notes()).containsExactly("one", "two");
    }

    @Test
    void whatItDoesntSayIsNothing() throws IOException {
        stack("ready", started(), "data=\n");
        RunningStack stack = RunningStack.find(folders).orElseThrow();
        assertThat(stack.dynamodb()).isEmpty();
        assertThat(stack.dataFolder()).isEmpty();
        assertThat(stack.startTime("dynamodb")).isEmpty();
        assertThat(stack.notes()).isEmpty();
    }

    @Test
    void oneThatIsNotReadyIsNotUpYet() throws IOException {
        stack("starting", started(), "");
        assertThat(RunningStack.find(folders)).isEmpty();
        assertThat(RunningStack.read(folders.stackState()).orElseThrow().isReady())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1500, true", "-1500, true", "2000, false", "-2000, false", "60000, false"})
    void aPidIsTheStacksWhenItsProcessStartedThen(long millis, boolean up) throws IOException {
        stack("ready", started().plusMillis(millis), "");
        assertThat(RunningStack.find(folders).isPresent()).isEqualTo(up);
    }

    @Test
    void aPidThatNobodyHasIsNoStacks() throws IOException {
        file("status=ready\npid=99999999\nstarted=" + started() + "\n");
        assertThat(RunningStack.find(folders)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid=x", "status=ready\npid=1\nstarted=yesterday", "a=\\u12"})
    void aFileThatSaysNothingSensibleSaysNothing(String text) throws IOException {
        file(text);
        assertThat(RunningStack.read(folders.stackState())).isEmpty();
    }

    @Test
    void aFileThatIsMissingSaysNothing() {
        assertThat(RunningStack.find(folders)).isEmpty();
    }

    @Test
    void aFolderInItsPlaceSaysNothing() throws IOException {
        Files.createDirectory(folders.stackState());
        assertThat(RunningStack.read(folders.stackState())).isEmpty();
    }

    /** It says where passwords are sent, and which process 'local down' ends. */
    @Test
    void aFileThatOthersCanWriteIsNotBelieved() throws IOException {
        Path file = stack("ready", started(), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> RunningStack.find(folders))
                .isInstanceOf(DynacogException.Access.class)
                .hasMessageStartingWith("the local stack's state file " + file + " cannot be trusted: everyone can");
    }

    @Test
    void aFileOfAnotherUserIsNotBelieved() throws IOException {
        Path file = stack("ready", started(), "");
        assumeThat(System.getProperty("user.name"))
                .describedAs("may give files away")
                .isEqualTo("root");
        Files.setAttribute(file, "unix:uid", 65534);
        assertThatThrownBy(() -> RunningStack.find(folders))
                .isInstanceOf(DynacogException.Access.class)
                .hasMessageStartingWith("the local stack's state file " + file + " cannot be trusted: it belongs to ");
    }
}
