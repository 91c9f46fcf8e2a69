package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a stack dies, nothing of it stays alive for long, and the next one starts. */
@Execution(ExecutionMode.CONCURRENT)
class KilledStackIT {
    private final Path base;

    KilledStackIT(@TempDir Path temporary) {
        this.base = TestFolders.base(temporary);
    }

    @Test
    void killingTheStackLeavesNoPostgresBehind() {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            Path cluster = stack.scratchCluster();
            ProcessHandle watchdog = stack.watchdog();
            List<ProcessHandle> postgres = family(stack.postmaster(cluster));

            stack.kill();

            Eventually.until("Postgres has ended", () -> postgres.stream().allMatch(StackProcess::hasEnded));
            Eventually.until("its folder is gone", () -> !Files.exists(cluster.getParent()));
            Eventually.until("the watchdog has ended", () -> StackProcess.hasEnded(watchdog));
        }
    }

    @Test
    void killingAStackThatKeepsDataHarmsNone() {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            StackIT.putData(stack);
            stack.kill();
            // At once: the watchdog is still at work, the state file still there.
            assertThat(stack.stateFile()).exists();
            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                assertThat(next.state()).containsEntry("pid", Long.toString(next.pid()));
                StackIT.assertDataOf(next);
            }
        }
    }

    @Test
    void aPostgresThatLostStackAndWatchdogIsStoppedByTheNextStart() {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            StackIT.putData(stack);
            Postmaster orphan = stack.postmaster(StackProcess.keptCluster(base));
            killWithWatchdog(stack);
            assertThat(StackProcess.hasEnded(orphan.process())).isFalse();

            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                Eventually.until("Postgres has ended", () -> StackProcess.hasEnded(orphan.process()));
                StackIT.assertDataOf(next);
            }
        }
    }

    @Test
    void aPostgresInMemoryThatLostStackAndWatchdogIsSweptByTheNextStart() {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            Path cluster = stack.scratchCluster();
            Postmaster orphan = stack.postmaster(cluster);
            killWithWatchdog(stack);
            assertThat(StackProcess.hasEnded(orphan.process())).isFalse();

            try (StackProcess next = StackProcess.inMemory(base).ready()) {
                Eventually.until("Postgres has ended", () -> StackProcess.hasEnded(orphan.process()));
                assertThat(cluster.getParent()).doesNotExist();
                assertThat(Sql.ask(next.postgres(), "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void theNextStartManagesWhenEverythingWasKilledAtOnce() {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            StackIT.putData(stack);
            Postmaster postmaster = stack.postmaster(StackProcess.keptCluster(base));
            ProcessHandle watchdog = stack.watchdog();
            watchdog.destroyForcibly();
            postmaster.process().destroyForcibly();
            stack.kill();

            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                StackIT.assertDataOf(next);
            }
        }
    }

    @Test
    void whatKilledStacksUnpackedDoesNotPileUp() {
        Path libraries = base.resolve("state").resolve("native");
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            stack.kill();
            assertThat(libraries.toFile().list()).hasSize(1);
            try (StackProcess next = StackProcess.inMemory(base).ready()) {
                assertThat(libraries.toFile().list()).hasSize(1);
                next.terminate();
                assertThat(libraries.toFile().list()).isNullOrEmpty();
            }
        }
    }

    @Test
    void aPidFileThatNamesSomebodyElseBlocksNothingAndHarmsNobody() throws IOException {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            stack.terminate();
        }
        Process bystander = new ProcessBuilder("sleep", "300").start();
        try {
            Files.writeString(
                    Postmaster.file(StackProcess.keptCluster(base)),
                    "%d%n%s%n1%n5432%n%n127.0.0.1%n  1 1%nready%n"
                            .formatted(bystander.pid(), StackProcess.keptCluster(base)));
            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                assertThat(Sql.ask(next.postgres(), "select 1")).isEqualTo("1");
            }
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void aStackWhoseWatchdogWasKilledStillStopsItsPostgres() {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            Path cluster = stack.scratchCluster();
            Postmaster postmaster = stack.postmaster(cluster);
            ProcessHandle watchdog = stack.watchdog();
            watchdog.destroyForcibly();
            Eventually.until("the watchdog has ended", () -> StackProcess.hasEnded(watchdog));

            stack.terminate();

            Eventually.until("Postgres has ended", () -> StackProcess.hasEnded(postmaster.process()));
            assertThat(cluster.getParent()).doesNotExist();
        }
    }

    @Test
    void aStackWhosePostgresDiedEndsAndTheNextStarts() {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            StackIT.putData(stack);
            stack.postmaster(StackProcess.keptCluster(base)).process().destroyForcibly();

            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.stateFile()).doesNotExist();

            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                StackIT.assertDataOf(next);
            }
        }
    }

    /** The moments a first start goes through: the folder, the cluster being made, the cluster, the postmaster. */
    @ParameterizedTest
    @ValueSource(strings = {"lock", "unfinished-*", "cluster", "cluster/postmaster.pid"})
    void killingAStackThatIsStartingLeavesNothingAlive(String sign) throws IOException {
        Path folder = StackProcess.data(base).resolve("postgres");
        try (StackProcess stack = StackProcess.keepingData(base)) {
            Eventually.until(StackProcess.A_START, "its start has come to " + sign, () -> exists(folder, sign));
            stack.kill();
            Eventually.until(
                    "nothing works on its folders", () -> processesNaming(base).isEmpty());

            try (StackProcess next = StackProcess.keepingData(base).ready()) {
                StackIT.putData(next);
                StackIT.assertDataOf(next);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "unfinished-*", "cluster", "cluster/postmaster.pid"})
    void terminatingAStackThatIsStartingLeavesNothingAlive(String sign) throws IOException {
        Path folder = StackProcess.data(base).resolve("postgres");
        try (StackProcess stack = StackProcess.keepingData(base)) {
            Eventually.until(StackProcess.A_START, "its start has come to " + sign, () -> exists(folder, sign));
            stack.terminate();
            assertThat(processesNaming(base)).isEmpty();
            assertThat(stack.stateFile()).doesNotExist();
        }
    }

    private static void killWithWatchdog(StackProcess stack) {
        ProcessHandle watchdog = stack.watchdog();
        watchdog.destroyForcibly();
        stack.kill();
        Eventually.until("the watchdog has ended", () -> StackProcess.hasEnded(watchdog));
    }

    private static List<ProcessHandle> family(Postmaster postmaster) {
        return Stream.concat(
                        Stream.of(postmaster.process()), postmaster.process().descendants())
                .toList();
    }

    private static boolean exists(Path folder, String sign) {
        if (!sign.endsWith("*")) {
            return Files.exists(folder.resolve(sign));
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        String start = sign.substring(0, sign.length() - 1);
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(start));
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static List<String> processesNaming(Path folder) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().arguments().stream())
                .map(arguments -> String.join(" ", arguments))
                .filter(command -> command.contains(folder.toString()))
                .toList();
    }
}
