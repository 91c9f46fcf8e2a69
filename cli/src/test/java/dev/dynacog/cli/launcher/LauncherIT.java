package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the unpacked distribution: where it is called from, which Java it takes, what it passes on. */
class LauncherIT {
    @TempDir
    static Path shared;

    private static Distribution distribution;
    private static Map<String, String> before;

    @TempDir
    Path folder;

    private FakeJdk jdk;

    @BeforeAll
    static void unpack() throws IOException {
        distribution = Distribution.unpack(shared.resolve(Distribution.ODD_NAME));
        before = distribution.listing();
    }

    /** A read-only installation works, because nobody writes to it: this holds for root too, whom no mode stops. */
    @AfterAll
    static void nothingWasWrittenIntoTheInstallation() throws IOException {
        assertThat(distribution.listing()).isEqualTo(before);
    }

    @BeforeEach
    void fakeJdk() throws IOException {
        jdk = FakeJdk.make(folder.resolve("jdk"), "17.0.1");
    }

    @AfterEach
    void removeLinks() throws IOException {
        Run.removeLinks(folder);
    }

    private Run dynacog(String... arguments) {
        return Run.of(folder, distribution.launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .args(arguments);
    }

    private Run onFakeJdk(String... arguments) {
        return dynacog(arguments).with("DYNACOG_JAVA", jdk.home().toString());
    }

    @Test
    void saysItsVersionAndNothingElse() {
        Run.Result result = dynacog("--version").run();

        assertThat(result.out())
                .matches("dynacog \\d+\\.\\d+\\.\\d+ \\(Java " + System.getProperty("java.version") + "\\)\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void helpListsTheCommands() {
        Run.Result result = dynacog("--help").run();

        assertThat(result.out()).contains("list-tables", "scan", "local");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void exitCodesArePassedOn() {
        assertThat(dynacog("--no-such-option").run().exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"LANG,C", "LC_ALL,POSIX", "LC_ALL,C.UTF-8", "LC_CTYPE,en_US.ISO-8859-1", "LANG,xx_XX.UTF-8", "OTHER,x"})
    void argumentsSurviveAnyLocale(String variable, String locale) {
        Run.Result result = dynacog("größe 漢字 😀").with(variable, locale).run();

        assertThat(result.err()).contains("'größe 漢字 😀'");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void emptyArgumentsBlanksQuotesAndNewlinesArePassedOn() {
        onFakeJdk("", "a  b", "*", "it's \"so\"", "$HOME \\n", "c\nd", "").run();

        assertThat(jdk.arguments()).isEqualTo("|a  b|*|it's \"so\"|$HOME \\n|c\nd||\n");
    }

    @Test
    void theCallersLocaleIsKeptForTheToolsChildren() throws IOException {
        FakeJdk.script(jdk.home().resolve("bin/java"), "#!/bin/sh\necho \"$LC_ALL ${DYNACOG_LC_ALL-unset}\"\n");

        assertThat(onFakeJdk().with("LC_ALL", "POSIX").run().out()).isEqualTo("C.UTF-8 POSIX\n");
        assertThat(onFakeJdk().with("LANG", "C").run().out()).isEqualTo("C.UTF-8 \n");
    }

    /** The launcher is a script: its own variables could overwrite exported ones, which local run hands on. */
    @Test
    void theCallersVariablesKeepTheirValues() throws IOException {
        FakeJdk.script(jdk.home().resolve("bin/java"), "#!/bin/sh\nenv\n");
        List<String> names =
                List.of("home", "root", "version", "target", "state", "key", "folder", "kind", "size", "self");
        Run call = onFakeJdk("--version");
        for (String name : names) {
            call = call.with(name, "the caller's");
        }

        assertThat(call.run().out().lines())
                .containsAll(names.stream().map(name -> name + "=the caller's").toList());
    }

    @Test
    void tellsTheToolWhereItIsAndThatNobodyLooks() {
        onFakeJdk("--version").run();

        assertThat(jdk.calls().get(0))
                .contains("|-Ddynacog.home=" + distribution.home() + "|")
                .contains("|-Ddynacog.tty=|")
                .doesNotContain("dynacog.columns");
    }

    @Test
    void usersOptionsForTheJvmComeLast() {
        onFakeJdk("--version").with("DYNACOG_JAVA_OPTS", " -Xmx2g  -Dname=* ").run();

        assertThat(jdk.calls().get(0))
                .containsSubsequence("-Xmx512m|", "|-Xmx2g|-Dname=*|", "|dev.dynacog.cli.Dynacog|");
    }

    @Test
    void usualCallNeedsNothingFromThePath() {
        Run.Result result = onFakeJdk("--version").with("PATH", "/nowhere").run();

        assertThat(result.exit()).describedAs(result.err()).isZero();
        assertThat(jdk.arguments()).isEqualTo("--version|\n");
    }

    // Where it is called from

    @Test
    void isFoundThroughAbsoluteRelativeAndChainedLinks() throws IOException {
        Path links = Files.createDirectories(folder.resolve("li nks"));
        Path absolute = Files.createSymbolicLink(links.resolve("absolute"), distribution.launcher());
        Path relative = Files.createSymbolicLink(links.resolve("relative"), links.relativize(distribution.launcher()));
        Path chained = Files.createSymbolicLink(folder.resolve("chained"), Path.of("li nks/relative"));

        for (Path link : new Path[] {absolute, relative, chained}) {
            Run.Result result =
                    onFakeJdk().calling(link.toString(), "--version").run();
            assertThat(result.exit()).describedAs(link + ": " + result.err()).isZero();
        }
        assertThat(jdk.calls())
                .hasSize(3)
                .allMatch(call -> call.contains("-Ddynacog.home=" + distribution.home() + "|"));
    }

    @Test
    void isFoundThroughALinkToItsFolder() throws IOException {
        Path bin = Files.createSymbolicLink(
                folder.resolve("bin"), distribution.home().resolve("bin"));

        Run.Result result = onFakeJdk()
                .calling(bin.resolve("dynacog").toString(), "--version")
                .run();

        assertThat(result.exit()).describedAs(result.err()).isZero();
        assertThat(jdk.calls().get(0)).contains("-Ddynacog.home=" + distribution.home() + "|");
    }

    @Test
    void isFoundFromAnyFolder() {
        Path home = distribution.home();
        onFakeJdk().calling("./dynacog").in(home.resolve("bin")).run();
        onFakeJdk().calling("bin/dynacog").in(home).run();
        onFakeJdk().calling("../bin/dynacog").in(home.resolve("lib")).run();
        onFakeJdk().calling("sh", "dynacog").in(home.resolve("bin")).run();
        onFakeJdk()
                .calling("sh", "-c", "dynacog")
                .with("PATH", home.resolve("bin") + ":" + System.getenv("PATH"))
                .run();

        assertThat(jdk.calls()).hasSize(5).allMatch(call -> call.contains("-Ddynacog.home=" + home + "|"));
    }

    @Test
    void saysWhatIsMissingFromABrokenInstallation() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/bin")).resolve("dynacog");
        Files.copy(distribution.launcher(), copy);

        Run.Result result = onFakeJdk().calling("sh", copy.toString()).run();

        assertThat(result.err()).matches("error  the installation is incomplete: .*lib/build\n");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void saysWhichPartIsMissingFromABrokenInstallation() throws IOException {
        Distribution copy = distribution.copyTo(folder.resolve("copy"));
        Files.delete(copy.home().resolve("lib/launcher/make-archive.sh"));

        Run.Result result = onFakeJdk()
                .calling(copy.launcher().toString(), "--version")
                .without("DYNACOG_ARCHIVE")
                .run();

        assertThat(result.err())
                .isEqualTo("error  the installation is incomplete: there is no " + copy.home()
                        + "/lib/launcher/make-archive.sh\n");
        assertThat(result.exit()).isEqualTo(1);
    }

    /** What a call needs stands in one file that can be read at once, and most calls open no other. */
    @Test
    void theUsualCallReadsNoOtherFileOfTheLaunchers() throws IOException {
        Distribution copy = distribution.copyTo(folder.resolve("copy"));
        try (Stream<Path> parts = Files.list(copy.home().resolve("lib/launcher"))) {
            for (Path part : parts.toList()) {
                Files.delete(part);
            }
        }

        Run.Result result =
                onFakeJdk().calling(copy.launcher().toString(), "--version").run();

        assertThat(result.err()).isEmpty();
        assertThat(jdk.calls()).hasSize(1);
        assertThat(Files.readAllLines(copy.launcher())).hasSizeLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--version", "--help", "", "scan --help", "completion bash", "completion zsh", "config show"})
    void anOutputThatIsFullIsAFailure(String arguments) {
        Run.Result result = dynacog()
                .calling(
                        "sh",
                        "-c",
                        "\"$0\" " + arguments + " >/dev/full",
                        distribution.launcher().toString())
                .run();

        assertThat(result.err()).startsWith("error  cannot write to standard output: ");
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "scan --help", "config show"})
    void anOutputThatIsClosedIsAFailure(String arguments) {
        Run.Result result = dynacog()
                .calling(
                        "sh",
                        "-c",
                        "\"$0\" " + arguments + " >&-",
                        distribution.launcher().toString())
                .run();

        assertThat(result.err()).startsWith("error  cannot write to standard output: it is closed");
        assertThat(result.exit()).isEqualTo(1);
    }

    // Which Java it takes

    /** The launcher, with one folder in place of all where a JDK usually is. */
    private Run searching(Path usual) throws IOException {
        Distribution copy = distribution.copyTo(folder.resolve("copy"));
        Path finder = copy.home().resolve("lib/launcher/find-java.sh");
        String text = Run.text(finder);
        int start = text.indexOf("  for dc_folder in /usr/lib/jvm/");
        int end = text.indexOf("; do", start);
        assertThat(start).isPositive();
        String replaced = text.substring(0, start) + "  for dc_folder in '" + usual + "'/*" + text.substring(end);
        Files.writeString(finder, replaced);
        return Run.of(folder, "/bin/sh", copy.launcher().toString())
                .with("PATH", "/nowhere")
                .with("DYNACOG_ARCHIVE", "off")
                .args("--version");
    }

    @Test
    void withoutJavaOneLineSaysSo() throws IOException {
        Run.Result result =
                searching(Files.createDirectories(folder.resolve("empty"))).run();

        assertThat(result.err())
                .isEqualTo("error  no Java found, 17 or newer is needed: install a JDK, or set JAVA_HOME or"
                        + " DYNACOG_JAVA to one\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_392", "11.0.2", "16"})
    void tooOldAJavaIsNamedInOneLine(String version) throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk old = FakeJdk.make(usual.resolve("old"), version);

        Run.Result result = searching(usual).run();

        assertThat(result.err())
                .isEqualTo("error  Java " + version + " in " + old.home() + " is too old, 17 or newer is needed: set"
                        + " JAVA_HOME or DYNACOG_JAVA to one\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(old.calls()).noneMatch(call -> call.contains("dev.dynacog"));
    }

    @Test
    void takesTheNewestOfAll() throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk.make(usual.resolve("a"), "9.0.4");
        FakeJdk.make(usual.resolve("b"), "21.0.9");
        FakeJdk newest = FakeJdk.make(usual.resolve("c"), "21.0.10");
        FakeJdk.make(usual.resolve("d"), "1.8.0_392");
        FakeJdk onPath = FakeJdk.make(folder.resolve("on path"), "21");

        searching(usual)
                .with("PATH", "/nowhere:" + onPath.home().resolve("bin"))
                .run();

        assertThat(newest.calls()).hasSize(1);
    }

    @Test
    void javaHomeWinsOverANewerJdkFoundElsewhere() throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk.make(usual.resolve("a"), "25.0.1");
        FakeJdk home = FakeJdk.make(folder.resolve("java home"), "17.0.1");

        Run.Result result =
                searching(usual).with("JAVA_HOME", home.home().toString()).run();

        assertThat(home.calls()).hasSize(1);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void dynacogJavaWinsOverJavaHome() throws IOException {
        FakeJdk home = FakeJdk.make(folder.resolve("java home"), "25.0.1");

        onFakeJdk("--version").with("JAVA_HOME", home.home().toString()).run();

        assertThat(jdk.calls()).hasSize(1);
        assertThat(home.calls()).isEmpty();
    }

    @Test
    void aJavaHomeThatCannotBeUsedIsNamedAndAnotherJavaTaken() throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk good = FakeJdk.make(usual.resolve("a"), "25.0.1");
        FakeJdk old = FakeJdk.make(folder.resolve("old"), "11.0.2");
        FakeJdk.make(folder.resolve("relative"), "26");
        String used = "\nhint   Java 25.0.1 in " + good.home() + " is used; DYNACOG_JAVA names another\n";

        Run run = searching(usual);

        assertThat(run.with("JAVA_HOME", old.home().toString()).run().err())
                .isEqualTo("note   JAVA_HOME is Java 11.0.2, and 17 or newer is needed: " + old.home() + used);
        assertThat(run.with("JAVA_HOME", "/nowhere").run().err())
                .isEqualTo("note   JAVA_HOME names no Java: /nowhere" + used);
        assertThat(run.with("JAVA_HOME", "relative").run().err())
                .isEqualTo("note   JAVA_HOME is no absolute path: relative" + used);
        assertThat(good.calls()).hasSize(3);
    }

    @Test
    void relativeEntriesOfThePathHoldNoJava() throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk good = FakeJdk.make(usual.resolve("a"), "17.0.1");
        FakeJdk planted = FakeJdk.make(folder.resolve("planted"), "99.0.1");
        Files.copy(planted.home().resolve("bin/java"), folder.resolve("java"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(planted.home().resolve("release"), folder.resolve("release"));
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(folder.resolve("java"), folder.resolve("bin/java"), StandardCopyOption.COPY_ATTRIBUTES);

        Run run = searching(usual);
        for (String path : new String[] {"planted/bin:/nowhere", "./bin", "bin", "", ".", ":/nowhere", "/nowhere:"}) {
            run.with("PATH", path).run();
        }
        assertThat(good.calls()).hasSize(7);
        Files.move(good.home(), folder.resolve("away"));
        Run.Result without = run.with("PATH", "planted/bin:.::/nowhere").run();

        assertThat(without.err()).startsWith("error  no Java found");
        assertThat(planted.calls()).isEmpty();
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    @Test
    void noHelperIsRunFromTheWorkingFolder() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        for (String helper : List.of(
                "readlink",
                "stty",
                "setsid",
                "nice",
                "sh",
                "find",
                "mvn",
                "mkdir",
                "chmod",
                "rm",
                "mv",
                "ln",
                "touch",
                "env",
                "sleep",
                "cat",
                "java")) {
            FakeJdk.script(work.resolve(helper), "#!/bin/sh\necho " + helper + " >>" + work + "/ran\n");
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), distribution.launcher());

        Run.Result result = onFakeJdk()
                .calling(link.toString(), "--version")
                .with("PATH", ".::" + System.getenv("PATH") + ":")
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .with("DYNACOG_ARCHIVE", "wait")
                .in(work)
                .run();

        assertThat(result.exit()).describedAs(result.err()).isZero();
        assertThat(work.resolve("ran")).doesNotExist();
        assertThat(jdk.trainings()).isEqualTo(1);
    }

    @Test
    void theCallersPathIsKeptForTheCommandsThatTheToolRuns() throws IOException {
        FakeJdk.script(jdk.home().resolve("bin/java"), "#!/bin/sh\necho \"$PATH ${DYNACOG_PATH-unset}\"\n");

        assertThat(onFakeJdk().with("PATH", "a:/usr/bin::/bin").run().out())
                .isEqualTo("/usr/bin:/bin a:/usr/bin::/bin\n");
        assertThat(onFakeJdk()
                        .with("PATH", "/usr/bin")
                        .with("DYNACOG_PATH", "x")
                        .run()
                        .out())
                .isEqualTo("/usr/bin unset\n");
    }

    // Streams

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
    void aClosedStreamIsNoFileOfTheJvms(String closed) throws IOException {
        Path seen = folder.resolve("seen");
        FakeJdk.script(
                jdk.home().resolve("bin/java"),
                "#!/bin/sh\n(readlink /proc/$$/fd/0; readlink /proc/$$/fd/1; readlink /proc/$$/fd/2) >'" + seen
                        + "'\n");

        onFakeJdk()
                .calling(
                        "sh",
                        "-c",
                        "\"$0\" --version " + closed,
                        distribution.launcher().toString())
                .run();

        List<String> streams = Run.text(seen).lines().toList();
        assertThat(streams).hasSize(3);
        assertThat(streams.get(0)).isEqualTo("/dev/null");
        assertThat(streams.get(1).equals("/dev/null")).isEqualTo(closed.contains(" >") || closed.startsWith(">"));
        assertThat(streams.get(2).equals("/dev/null")).isEqualTo(closed.contains("2>"));
    }

    @Test
    void takesTheNewestOnThePath() throws IOException {
        Path usual = folder.resolve("usual");
        FakeJdk.make(usual.resolve("a"), "25.0.1");
        FakeJdk onPath = FakeJdk.make(folder.resolve("on path"), "27-ea");

        searching(usual).with("PATH", onPath.home().resolve("bin").toString()).run();

        assertThat(onPath.calls()).hasSize(1);
    }

    @Test
    void aJavaThatIsALinkOnThePathIsFound() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));

        Run.Result result = searching(Files.createDirectories(folder.resolve("empty")))
                .with("PATH", bin.toString())
                .run();

        assertThat(result.out()).contains("(Java " + System.getProperty("java.version") + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.1", "21.0.3", "22", "25.0.3", "26-ea"})
    void flagsFitTheVersion(String version) throws IOException {
        FakeJdk other = FakeJdk.make(folder.resolve("other"), version);
        int feature = Integer.parseInt(version.split("[.-]", 2)[0]);

        onFakeJdk("--version").with("DYNACOG_JAVA", other.home().toString()).run();

        String call = other.calls().get(0);
        assertThat(call.contains("--enable-native-access=ALL-UNNAMED")).isEqualTo(feature >= 22);
        assertThat(call.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(feature >= 23);
    }

    @Test
    void aJavaThatIsAskedForAndIsNoneIsNamed() {
        Run.Result result =
                dynacog("--version").with("DYNACOG_JAVA", "/nowhere").run();

        assertThat(result.err()).isEqualTo("error  DYNACOG_JAVA names no Java: /nowhere (17 or newer is needed)\n");
        assertThat(result.exit()).isEqualTo(1);
    }

    // Signals

    @Test
    void interruptedItExitsWith130() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            Run.Running scan = dynacog(
                            "scan",
                            "some-table",
                            "--endpoint-url",
                            "http://127.0.0.1:" + server.getAddress().getPort())
                    .start();
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            Run.of(folder, "kill", "-INT", String.valueOf(scan.process().pid())).run();

            assertThat(scan.await().exit()).isEqualTo(130);
        } finally {
            over.countDown();
            server.stop(0);
        }
    }
}
