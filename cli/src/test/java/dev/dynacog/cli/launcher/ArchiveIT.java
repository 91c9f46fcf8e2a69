package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.local.DynamoServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The class archive of the JVM under test: made once, used, and never in anybody's way. */
class ArchiveIT {
    @TempDir
    static Path shared;

    private static final DynamoServer DYNAMO = LocalServers.freshDynamo();
    private static Distribution distribution;

    /** A cache with a good archive. */
    private static Path goodCache;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeArchive() throws IOException {
        distribution = Distribution.unpack(shared.resolve("installed"));
        goodCache = shared.resolve("good cache");
        Run.Result made = dynacog(goodCache).with("DYNACOG_ARCHIVE", "wait").run();
        assertThat(made.exit()).describedAs(made.err()).isZero();
        assertThat(archives(goodCache)).hasSize(1);
        Run.Result table = withStack("schema-load", "--table", "third").run();
        assertThat(table.exit()).describedAs(table.err()).isZero();
    }

    @AfterAll
    static void close() {
        DYNAMO.close();
    }

    /** They outlive the calls that start them, and would write into folders that are being deleted. */
    @AfterEach
    void awaitTrainers() {
        Run.until(
                "no trainer runs",
                () -> ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .noneMatch(command -> command.contains(shared.toString())));
    }

    private static Run dynacog(Path cache) {
        return launcher(cache).args("--version");
    }

    private static Run launcher(Path cache) {
        return Run.of(shared, distribution.launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("HOME", shared.toString())
                .with("XDG_CACHE_HOME", cache.toString());
    }

    private static List<Path> archives(Path cache) {
        return files(cache, ".aot", ".jsa");
    }

    private static List<Path> files(Path cache, String... endings) {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(file -> !file.toString().contains("/tmp."))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (java.io.UncheckedIOException e) {
            // It changes while it is looked at.
            return List.of();
        }
    }

    private static void assertSaysItsVersion(Run.Result result) {
        assertThat(result.out()).matches("dynacog [0-9.]+ \\(Java .*\\)\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    private Path copyOfGoodCache() throws IOException {
        Path copy = folder.resolve("cache");
        assertThat(Run.of(folder, "cp", "-Rp", goodCache.toString(), copy.toString())
                        .run()
                        .exit())
                .isZero();
        return copy;
    }

    /** Code that is spun at run time counts too: proxies, and what strings and lambdas are made with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "completion bash",
                "config show",
                "db --help",
                "list-tables --names",
                "scan third"
            })
    void almostEveryClassComesFromTheArchive(String command) throws IOException {
        Path log = folder.resolve("classes");
        Run.Result result = withStack(command.split(" "))
                .with("DYNACOG_JAVA_OPTS", "-Xlog:class+load:file=" + log)
                .run();
        assertThat(result.exit()).describedAs(result.err()).isZero();
        List<String> lines = Run.text(log).lines().toList();
        List<String> elsewhere = lines.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
        assertThat(lines.size()).isGreaterThan(1000);
        assertThat(elsewhere).hasSizeLessThan(20);
    }

    private static Run withStack(String... command) {
        return launcher(goodCache)
                .args(command)
                .with("AWS_ENDPOINT_URL_DYNAMODB", DYNAMO.endpoint().toString())
                .with("XDG_STATE_HOME", shared.toString());
    }

    @Test
    void trainingRunsEveryCommandToItsEnd() throws IOException {
        Run training = Run.of(
                        folder,
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        distribution.home().resolve("lib/dynacog.jar").toString(),
                        FakeJdk.TRAINING)
                .with("HOME", folder.toString());

        Run.Result result = training.run();

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    /** Ways in which a file can be spoilt. */
    enum Damage {
        EMPTY,
        GARBAGE,
        CUT_IN_HALF,
        CUT_BY_ONE,
        HEADER_OVERWRITTEN,
        MIDDLE_OVERWRITTEN;

        void doTo(Path archive) throws IOException {
            assertThat(archive.toFile().setWritable(true)).isTrue();
            long size = Files.size(archive);
            try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
                switch (this) {
                    case EMPTY -> file.setLength(0);
                    case GARBAGE -> {
                        file.setLength(0);
                        file.write("this is not an archive\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
                    }
                    case CUT_IN_HALF -> file.setLength(size / 2);
                    case CUT_BY_ONE -> file.setLength(size - 1);
                    case HEADER_OVERWRITTEN -> {
                        file.seek(16);
                        file.write(new byte[400]);
                    }
                    case MIDDLE_OVERWRITTEN -> {
                        file.seek(size / 2);
                        file.write(new byte[40_000]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenArchiveBreaksNothing(Damage damage) throws IOException {
        Path cache = copyOfGoodCache();
        damage.doTo(archives(cache).get(0));
        // A training that seems to run already: a real one takes its time, and one test of it will do.
        Path lock = cache.resolve("dynacog/archives/lock");
        Files.createSymbolicLink(
                lock, Path.of(String.valueOf(ProcessHandle.current().pid())));

        assertSaysItsVersion(dynacog(cache).run());
        awaitTrainers();
    }

    @Test
    void aBrokenArchiveIsReplaced() throws IOException {
        Path cache = copyOfGoodCache();
        Damage.CUT_IN_HALF.doTo(archives(cache).get(0));

        assertSaysItsVersion(dynacog(cache).run());
        assertSaysItsVersion(dynacog(cache).with("DYNACOG_ARCHIVE", "wait").run());

        assertUsed(cache);
    }

    /** Newer Javas run the old code of an archive whose jar was built anew. */
    @Test
    void theArchiveIsNamedAfterWhatIsInTheJar() throws Exception {
        byte[] jar = Files.readAllBytes(distribution.home().resolve("lib/dynacog.jar"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));

        assertThat(archives(goodCache).get(0).getFileName().toString()).contains("-" + digest + "-java-");
    }

    /** Newer Javas take it all the same. */
    @Test
    void anArchiveOfAJarThatHasChangedIsReplaced() throws IOException {
        assumeThat(Runtime.version().feature())
                .describedAs("a Java that looks at the jar's time")
                .isLessThan(24);
        Path cache = copyOfGoodCache();
        Path jar = distribution.home().resolve("lib/dynacog.jar");
        FileTime built = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        try {
            assertSaysItsVersion(dynacog(cache).run());
            assertSaysItsVersion(dynacog(cache).with("DYNACOG_ARCHIVE", "wait").run());
            awaitTrainers();
        } finally {
            Files.setLastModifiedTime(jar, built);
        }

        assertThat(files(cache, ".log"))
                .allSatisfy(verdict -> assertThat(verdict).isEmptyFile());
        assertThat(files(cache, ".refused")).hasSize(1);
    }

    private static void assertUsed(Path cache) throws IOException {
        Path log = cache.resolve("classes");
        assertSaysItsVersion(dynacog(cache)
                .with("DYNACOG_JAVA_OPTS", "-Xlog:class+load:file=" + log)
                .run());
        assertThat(Run.text(log)).contains("dev.dynacog.cli.Dynacog source: shared objects file");
        assertThat(Files.size(archives(cache).get(0)))
                .isGreaterThan(Files.size(archives(goodCache).get(0)) / 2);
    }

    @Test
    void withoutAPlaceForItItWorksWithout() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertSaysItsVersion(dynacog(file.resolve("cache")).run());
        assertSaysItsVersion(
                dynacog(file.resolve("cache")).with("DYNACOG_ARCHIVE", "wait").run());
        assertSaysItsVersion(
                dynacog(folder).without("XDG_CACHE_HOME").without("HOME").run());
        assertSaysItsVersion(dynacog(Path.of("relative")).without("HOME").run());
        assertThat(Files.exists(shared.resolve("relative"))).isFalse();
    }

    @Test
    void withoutAPlaceForItNoTrainerIsStartedAndDoctorNamesTheVariable() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path helpers = Files.createDirectories(folder.resolve("helpers"));
        for (String helper : List.of("setsid", "nice")) {
            FakeJdk.script(helpers.resolve(helper), "#!/bin/sh\necho >'" + helpers + "/ran'\n");
        }
        Run run = dynacog(file.resolve("cache")).with("PATH", helpers + ":" + System.getenv("PATH"));

        assertSaysItsVersion(run.run());
        Run.Result doctor = run.calling(distribution.launcher().toString(), "doctor")
                .with("CONNECTION_URL", "postgresql://localhost:1/none")
                .with("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:1")
                .run();

        assertThat(helpers.resolve("ran")).doesNotExist();
        assertThat(doctor.out()).contains("is not writable", "set XDG_CACHE_HOME");
    }

    /** JDK 17 archives nothing of ours there, for it doesn't find its way back from an escaped URL. */
    @Test
    void inAFolderWithAnOddNameItWorksAsWell() throws IOException {
        Distribution odd = distribution.copyTo(folder.resolve(Distribution.ODD_NAME));
        Run run = dynacog(folder.resolve("cache")).calling(odd.launcher().toString(), "--version");

        assertSaysItsVersion(run.with("DYNACOG_ARCHIVE", "wait").run());
        assertSaysItsVersion(run.run());

        assertThat(archives(folder.resolve("cache"))).hasSize(1);
    }

    @Test
    void switchedOffItMakesNone() {
        Path cache = folder.resolve("cache");

        assertSaysItsVersion(dynacog(cache).with("DYNACOG_ARCHIVE", "off").run());

        assertThat(cache).doesNotExist();
    }

    // The same on a JDK whose trainings take as long as we want.

    private Run onFakeJdk(FakeJdk jdk) {
        return dynacog(folder.resolve("cache")).with("DYNACOG_JAVA", jdk.home().toString());
    }

    private FakeJdk fakeJdk() throws IOException {
        return FakeJdk.make(folder.resolve("jdk"), "17.0.1");
    }

    @Test
    void manyFirstCallsTrainOnce() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.hold();

        List<Run.Running> calls =
                IntStream.range(0, 8).mapToObj(number -> onFakeJdk(jdk).start()).toList();
        calls.forEach(call -> assertThat(call.await().exit()).isZero());
        Run.until("a training", () -> jdk.trainings() > 0);
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        jdk.release();
        awaitTrainers();

        assertThat(jdk.trainings()).isEqualTo(1);
        assertThat(archives(folder.resolve("cache"))).hasSize(1);
    }

    @Test
    void theCallerDoesNotWaitForTheTraining() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.hold();

        // Would hang if the training held the pipe, or the descriptor on which a lock may be.
        Run.Result result = onFakeJdk(jdk)
                .calling(
                        "sh",
                        "-c",
                        "x=$(\"$1\" --version 7>&1); echo over",
                        "sh",
                        distribution.launcher().toString())
                .run();

        assertThat(result.out()).isEqualTo("over\n");
        Run.until("a training", () -> jdk.trainings() > 0);
        assertThat(archives(folder.resolve("cache"))).isEmpty();
        jdk.release();
        awaitTrainers();
    }

    @Test
    void theNextCallUsesIt() throws IOException {
        FakeJdk jdk = fakeJdk();
        onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run();

        onFakeJdk(jdk).run();

        String last = jdk.calls().get(jdk.calls().size() - 1);
        assertThat(last)
                .contains("-XX:SharedArchiveFile="
                        + archives(folder.resolve("cache")).get(0) + "|");
        assertThat(last).contains("-Ddynacog.archive=used|");
    }

    @Test
    void trainingWithDifferentFlagsWouldBeRefusedSoTheyAreTheSame() throws IOException {
        FakeJdk jdk = fakeJdk();
        onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run();

        String call = jdk.calls().get(jdk.calls().size() - 1);
        String flags = call.substring(0, call.indexOf("-Ddynacog.archive="));
        assertThat(flags).contains("-XX:+UseSerialGC");
        assertThat(jdk.calls())
                .filteredOn(other -> other.contains(FakeJdk.TRAINING))
                .singleElement()
                .asString()
                .startsWith(flags);
    }

    @Test
    void aTrainerThatDiedIsTakenOver() throws IOException, InterruptedException {
        FakeJdk jdk = fakeJdk();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(folder.resolve("cache/dynacog/archives"))
                .resolve("lock");
        Files.createSymbolicLink(lock, Path.of(String.valueOf(dead.pid())));

        onFakeJdk(jdk).run();

        awaitTrainers();
        assertThat(jdk.trainings()).isEqualTo(1);
    }

    @Test
    void aTrainingThatHangsIsEndedLeavesNothingAndIsNotRepeatedTheSameDay() throws IOException {
        Distribution impatient = distribution.copyTo(folder.resolve("impatient"));
        Path trainer = impatient.home().resolve("lib/launcher/train-archive");
        String text = Files.readString(trainer);
        assertThat(text).contains("\nlimit=120\n");
        Files.writeString(trainer, text.replace("\nlimit=120\n", "\nlimit=1\n"));
        FakeJdk jdk = fakeJdk();
        jdk.hold();
        Run run = onFakeJdk(jdk).calling(impatient.launcher().toString(), "--version");

        assertThat(run.run().exit()).isZero();

        Run.until("a training", () -> jdk.trainings() == 1);
        Run.until("the training has been ended", () -> noProcessOf(jdk));
        Run.until("nothing half-made is left", () -> halfMade().isEmpty());
        Run.until(
                "it says why",
                () -> Run.text(files(folder.resolve("cache"), ".failed").get(0)).contains("ended after 1 seconds"));
        assertThat(run.with("DYNACOG_ARCHIVE", "").run().exit()).isZero();
        Run.until("no trainer", () -> halfMade().isEmpty());
        assertThat(jdk.trainings()).isEqualTo(1);
    }

    @Test
    void aTrainerEndsOnSigtermWithItsTrainingAndLeavesNothing() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.hold();
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        Run.until("a training", () -> jdk.trainings() == 1);

        assertThat(trainer().destroy()).isTrue();

        Run.until("the training has been ended", () -> noProcessOf(jdk));
        Run.until("nothing half-made is left", () -> halfMade().isEmpty());
        assertThat(files(folder.resolve("cache"), ".failed", ".jsa")).isEmpty();
    }

    @Test
    void aTrainerThatIsKilledTakesItsTrainingWithIt() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.hold();
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        Run.until("a training", () -> jdk.trainings() == 1);

        assertThat(trainer().destroyForcibly()).isTrue();

        Run.until("the training has been ended", () -> noProcessOf(jdk));
        jdk.release();
        assertThat(onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run().exit()).isZero();
        assertThat(halfMade()).isEmpty();
        assertThat(archives(folder.resolve("cache"))).hasSize(1);
    }

    /** After a sleep of the machine, say: the lock is too old to count, and somebody else's by now. */
    @Test
    void aTrainerThatWasTakenOverLeavesTheOthersLockAndArchiveAlone() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.hold();
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        Run.until("a training", () -> jdk.trainings() == 1);
        Path lock = folder.resolve("cache/dynacog/archives/lock");
        Path other = Path.of(String.valueOf(ProcessHandle.current().pid()));
        Files.delete(lock);
        Files.createSymbolicLink(lock, other);

        jdk.release();
        awaitTrainers();

        assertThat(Files.readSymbolicLink(lock)).isEqualTo(other);
        assertThat(archives(folder.resolve("cache"))).isEmpty();
    }

    private ProcessHandle trainer() throws IOException {
        Path lock = folder.resolve("cache/dynacog/archives/lock");
        return ProcessHandle.of(Long.parseLong(Files.readSymbolicLink(lock).toString()))
                .orElseThrow();
    }

    private static boolean noProcessOf(FakeJdk jdk) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .noneMatch(command -> command.contains(jdk.home().toString()));
    }

    private List<Path> halfMade() {
        try (Stream<Path> files = Files.list(folder.resolve("cache/dynacog/archives"))) {
            return files.filter(file -> file.getFileName().toString().matches("lock|tmp\\..*"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTrainingThatFailsIsNotRepeatedTheSameDay() throws IOException {
        FakeJdk jdk = fakeJdk();
        jdk.fail();
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        awaitTrainers();
        Path failed = files(folder.resolve("cache"), ".failed").get(0);

        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        awaitTrainers();
        assertThat(jdk.trainings()).isEqualTo(1);

        Files.setLastModifiedTime(failed, FileTime.from(Instant.now().minusSeconds(25 * 3600)));
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        awaitTrainers();
        assertThat(jdk.trainings()).isEqualTo(2);
    }

    @Test
    void archivesOfOtherBuildsAndOfFoldersThatAreGoneAreRemoved() throws IOException {
        FakeJdk jdk = fakeJdk();
        Path archives = folder.resolve("cache/dynacog/archives");
        Path mine = Path.of(archives + distribution.home().toString());
        Path gone = Path.of(archives + folder.resolve("gone").toString());
        for (Path place : List.of(mine, gone)) {
            Files.createDirectories(place);
            Files.writeString(place.resolve("0.0.1-20200101000000-java-17.0.1+1.jsa"), "old");
            Files.writeString(place.resolve("0.0.1-20200101000000-java-17.0.1+1.log"), "");
        }
        Files.writeString(mine.resolve("notes.txt"), "of somebody else");

        onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run();

        assertThat(files(archives, ".jsa"))
                .hasSize(1)
                .noneMatch(file -> file.toString().contains("0.0.1"));
        assertThat(gone).doesNotExist();
        assertThat(mine.resolve("notes.txt")).exists();
    }

    /** What is in it is run. */
    @Test
    void anArchiveThatSomebodyElseCouldHaveMadeIsNotUsed() throws IOException {
        FakeJdk jdk = fakeJdk();
        Path archives = folder.resolve("cache/dynacog/archives");
        onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run();
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        assertThat(lastCall(jdk)).contains("-Ddynacog.archive=used|");
        assumeThat(System.getProperty("user.name"))
                .describedAs("may give files away")
                .isEqualTo("root");
        Path archive = archives(folder.resolve("cache")).get(0);
        String base = archive.toString().replaceFirst("\\.[a-z]+$", "");

        for (Path other :
                List.of(archive, Path.of(base + ".seal"), Path.of(base + ".log"), archives, archives.getParent())) {
            Object owner = Files.getAttribute(other, "unix:uid");
            Files.setAttribute(other, "unix:uid", 65534);
            // A training that seems to run already, so that this one isn't mended meanwhile.
            Path lock = archives.resolve("lock");
            Files.createSymbolicLink(
                    lock, Path.of(String.valueOf(ProcessHandle.current().pid())));

            assertThat(onFakeJdk(jdk).run().exit()).isZero();

            awaitTrainers();
            assertThat(lastCall(jdk)).describedAs(other.toString()).doesNotContain("SharedArchiveFile");
            Files.delete(lock);
            Files.setAttribute(other, "unix:uid", owner);
        }
        assertThat(onFakeJdk(jdk).run().exit()).isZero();
        assertThat(lastCall(jdk)).contains("-Ddynacog.archive=used|");
    }

    @Test
    void nobodyElseCanWriteWhereTheArchiveIs() throws IOException {
        FakeJdk jdk = fakeJdk();
        Path archives = Files.createDirectories(folder.resolve("cache/dynacog/archives"));
        Files.setPosixFilePermissions(archives, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(archives.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));

        onFakeJdk(jdk).with("DYNACOG_ARCHIVE", "wait").run();

        assertThat(rights(archives)).isEqualTo("rwx------");
        assertThat(rights(archives.getParent())).isEqualTo("rwxr-xr-x");
        assertThat(archives(folder.resolve("cache")))
                .singleElement()
                .extracting(ArchiveIT::rights)
                .isEqualTo("rw-------");
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String lastCall(FakeJdk jdk) {
        return jdk.calls().get(jdk.calls().size() - 1);
    }
}
