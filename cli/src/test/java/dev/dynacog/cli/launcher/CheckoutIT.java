package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a source checkout, with a Maven that writes down its calls in place of building. */
class CheckoutIT {
    @TempDir
    Path folder;

    private Path checkout;
    private Path maven;
    private FakeJdk jdk;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = folder.resolve("a check out");
        for (String file : List.of(
                "pom.xml",
                "core/pom.xml",
                "core/src/main/java/Core.java",
                "core/src/test/java/CoreTest.java",
                "cli/pom.xml",
                "cli/src/main/java/Cli.java",
                "cli/src/main/java/Unused.java",
                "local/pom.xml",
                "local/src/main/java/Local.java",
                "seed-data/pom.xml",
                "seed-data/schema/table.json",
                "README.md")) {
            Path path = checkout.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
        age();
        Path original = Path.of(System.getProperty("dynacog.launcher"))
                .toRealPath()
                .getParent()
                .getParent();
        Files.createDirectories(checkout.resolve("bin"));
        copy(original.resolve("bin/dynacog"), checkout.resolve("bin/dynacog"));
        Files.createDirectories(checkout.resolve("lib/launcher"));
        try (Stream<Path> parts = Files.list(original.resolve("lib/launcher"))) {
            for (Path part : parts.toList()) {
                copy(part, checkout.resolve("lib/launcher").resolve(part.getFileName()));
            }
        }
        jdk = FakeJdk.make(folder.resolve("jdk"), "17.0.1");
        maven = Files.createDirectories(folder.resolve("maven"));
        FakeJdk.script(maven.resolve("mvn"), """
                #!/bin/sh
                here=${0%/mvn}
                printf '%s\\n' "$*" >>"$here/calls"
                echo much text
                echo more text >&2
                while [ -e "$here/hold" ]; do sleep 0.05; done
                [ ! -e "$here/fail" ] || { cat "$here/fail"; exit 1; }
                mkdir -p core/target cli/target/dist/lib
                touch cli/target/dist/lib/dynacog.jar
                echo 0.1.0 20260101000000 >cli/target/dist/lib/build
                """);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** As if it had all been written an hour ago. */
    private void age() throws IOException {
        try (Stream<Path> files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }

    @AfterEach
    void removeLinks() throws IOException {
        Run.removeLinks(folder);
    }

    private Run dynacog() {
        return Run.of(folder, checkout.resolve("bin/dynacog").toString())
                .with("PATH", maven + ":" + System.getenv("PATH"))
                .with("DYNACOG_JAVA", jdk.home().toString())
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                .args("--version");
    }

    private List<String> builds() {
        return Run.text(maven.resolve("calls")).lines().toList();
    }

    @Test
    void theFirstCallBuildsAndSaysSoInOneLine() {
        Run.Result result = dynacog().run();

        assertThat(builds()).hasSize(1);
        assertThat(builds().get(0)).contains("-Dquick").endsWith("package");
        assertThat(result.err()).matches("building dynacog from source \\(log: .*\\)\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(jdk.calls().get(0)).contains("-Ddynacog.home=" + checkout.resolve("cli/target/dist") + "|");
    }

    @Test
    void theSecondCallDoesNotBuild() {
        dynacog().run();

        Run.Result result = dynacog().run();

        assertThat(builds()).hasSize(1);
        assertThat(result.err()).isEmpty();
        assertThat(jdk.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "core/src/main/java/Core.java",
                "cli/pom.xml",
                "cli/src/main/java/New.java",
                "local/src/main/java/Local.java",
                "seed-data/schema/table.json"
            })
    void aChangedSourceIsBuilt(String file) throws IOException {
        dynacog().run();
        backdateBuild();

        Files.writeString(checkout.resolve(file), "changed");
        dynacog().run();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void aDeletedSourceIsBuilt() throws IOException {
        dynacog().run();
        backdateBuild();

        Files.delete(checkout.resolve("cli/src/main/java/Unused.java"));
        dynacog().run();

        assertThat(builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core/src/test/java/CoreTest.java", "README.md"})
    void whatIsNotInTheProgramIsNotBuilt(String file) throws IOException {
        dynacog().run();
        backdateBuild();

        Files.writeString(checkout.resolve(file), "changed");
        dynacog().run();

        assertThat(builds()).hasSize(1);
    }

    /** So that a change within the same tick of the file system's clock is newer. */
    private void backdateBuild() throws IOException {
        age();
        Files.setLastModifiedTime(
                checkout.resolve("cli/target/dist/lib/build"),
                FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void whatChangesDuringABuildIsBuiltNext() throws IOException {
        Files.writeString(maven.resolve("hold"), "");
        Run.Running call = dynacog().start();
        Run.until("a build", () -> builds().size() == 1);
        Files.writeString(checkout.resolve("core/src/main/java/Core.java"), "changed");
        Files.delete(maven.resolve("hold"));
        call.await();

        dynacog().run();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void aFailedBuildSaysWhereItsLogIsAndRunsNothing() throws IOException {
        dynacog().run();
        backdateBuild();
        Files.writeString(checkout.resolve("core/src/main/java/Core.java"), "changed");
        Files.writeString(maven.resolve("fail"), "");

        Run.Result result = dynacog().run();

        Path log = checkout.resolve("cli/target/build.log");
        assertThat(result.err())
                .endsWith("\nerror  the build failed:\n       more text\nhint   all that Maven said: " + log + "\n");
        assertThat(result.err().lines()).hasSize(4);
        assertThat(Run.text(log)).isEqualTo("much text\nmore text\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(jdk.calls()).hasSize(1);
    }

    @Test
    void aFailedBuildShowsItsFirstErrors() throws IOException {
        Files.writeString(maven.resolve("fail"), """
                [WARNING] something is old
                [ERROR]      [exec] Result: 128
                [ERROR] COMPILATION ERROR :\s
                [ERROR] %1$s/core/src/main/java/Core.java:[3,5] ';' expected
                [ERROR] %1$s/core/src/main/java/Core.java:[7,1] class, interface, enum, or record expected
                [ERROR]   symbol: none
                [ERROR] Failed to execute goal org.apache.maven.plugins:compiler (default) on project core: Compilation failure
                [ERROR] %1$s/core/src/main/java/Core.java:[3,5] ';' expected
                [ERROR] -> [Help 1]
                """.formatted(checkout));

        Run.Result result = dynacog().run();

        assertThat(result.err()).endsWith("""

                error  the build failed:
                       core/src/main/java/Core.java:[3,5] ';' expected
                       core/src/main/java/Core.java:[7,1] class, interface, enum, or record expected
                hint   all that Maven said: %s
                """.formatted(checkout.resolve("cli/target/build.log")));
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheReasonAndWhatToDo() throws IOException {
        Files.writeString(checkout.resolve("cli/target"), "no folder");

        Run.Result result = dynacog().run();

        assertThat(result.err())
                .matches("error  dynacog has to be built, and " + checkout
                        + "/cli/target cannot be written: (File exists|Not a directory)\n"
                        + "hint   make it writable for the user who runs this, copy the checkout .*\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(builds()).isEmpty();
    }

    @Test
    void manyFirstCallsBuildOnce() throws IOException {
        Files.writeString(maven.resolve("hold"), "");
        List<Run.Running> calls =
                IntStream.range(0, 6).mapToObj(number -> dynacog().start()).toList();
        Run.until("a build", () -> !builds().isEmpty());
        Files.delete(maven.resolve("hold"));

        calls.forEach(call -> assertThat(call.await().exit()).isZero());

        assertThat(builds()).hasSize(1);
        assertThat(jdk.calls()).hasSize(6);
        assertThat(Files.isSymbolicLink(checkout.resolve("cli/target/build.lock")))
                .isFalse();
    }

    @Test
    void aBuilderThatDiedIsTakenOver() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve("cli/target"));
        Files.createSymbolicLink(checkout.resolve("cli/target/build.lock"), Path.of(String.valueOf(dead.pid())));

        assertThat(dynacog().run().exit()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void endedWhileItBuildsItEndsTheBuild() throws IOException {
        Files.writeString(maven.resolve("hold"), "");
        Run.Running call = dynacog().start();
        Run.until("a build", () -> !builds().isEmpty());

        call.process().destroy();

        assertThat(call.await().exit()).isEqualTo(143);
        assertThat(Files.isSymbolicLink(checkout.resolve("cli/target/build.lock")))
                .isFalse();
        assertThat(jdk.calls()).isEmpty();
    }

    @Test
    void withoutMavenItSaysWhatToDo() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("sh", "find")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }

        Run.Result result = dynacog().with("PATH", tools.toString()).run();

        assertThat(result.err())
                .startsWith("error  this is a source checkout, and building it needs Maven, which is not on the PATH\n")
                .contains("\nhint   install Maven");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void aMavenOfTheWorkingFolderIsNotRun() {
        Run.Result result =
                dynacog().in(maven).with("PATH", ".:/usr/bin/nothing:").run();

        assertThat(result.err()).contains("needs Maven, which is not on the PATH");
        assertThat(builds()).isEmpty();
    }

    @Test
    void aJavaHomeThatIsTooOldIsNotMavens() throws IOException {
        FakeJdk old = FakeJdk.make(folder.resolve("old"), "11.0.2");
        Files.writeString(
                maven.resolve("mvn"),
                Files.readString(maven.resolve("mvn"))
                        .replace("echo much text", "echo \"$JAVA_HOME\" >\"$here/java\""));

        dynacog()
                .without("DYNACOG_JAVA")
                .with("JAVA_HOME", old.home().toString())
                .run();

        assertThat(Run.text(maven.resolve("java")))
                .isNotBlank()
                .doesNotContain(old.home().toString());
    }
}
