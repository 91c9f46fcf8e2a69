package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This checkout, copied as it is built, then edited and built anew by its launcher. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RebuiltCheckoutIT {
    /** On a machine that is busy with other things. */
    private static final Duration A_BUILD = Duration.ofMinutes(8);

    private static final Set<String> LEFT_OUT = Set.of(".git", "target");

    @TempDir
    Path folder;

    @Test
    void aChangedLineRunsThoughThereIsAnArchiveOfTheOldOne() throws IOException {
        Path original = Path.of(System.getProperty("dynacog.launcher"))
                .toRealPath()
                .getParent()
                .getParent();
        Path checkout = folder.resolve("checkout");
        copy(original, checkout);
        copy(original.resolve("cli/target/dist"), checkout.resolve("cli/target/dist"));
        Path source = checkout.resolve("cli/src/main/java/dev/dynacog/cli/Version.java");
        Run version = dynacog(checkout).args("--version");
        Run.Result before = version.run();
        assertThat(before.out()).describedAs(before.err()).startsWith("dynacog ");
        Run.Result withArchive = version.with("DYNACOG_ARCHIVE", "wait").run();
        assertThat(withArchive.out()).isEqualTo(before.out());

        String text = Files.readString(source);
        assertThat(text).contains("\"dynacog \"");
        Files.writeString(source, text.replace("\"dynacog \"", "\"changed \""));
        Run.Result after = version.with("DYNACOG_ARCHIVE", "wait").start().await(A_BUILD);
        Run.Result again = version.with("DYNACOG_ARCHIVE", "wait").run();

        assertThat(after.err()).startsWith("building dynacog from source");
        assertThat(after.out()).isEqualTo(before.out().replace("dynacog ", "changed "));
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).isEqualTo(after.out());
    }

    private Run dynacog(Path checkout) {
        Run run = Run.of(folder, checkout.resolve("bin/dynacog").toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("HOME", System.getProperty("user.home"))
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString());
        // The one that the build under test uses, as Surefire tells it.
        String repository = System.getProperty("localRepository");
        return repository == null ? run : run.with("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(place.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(place).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            /** A folder that is newer than the build would have it built before anything is edited. */
            @Override
            public FileVisitResult postVisitDirectory(Path place, @Nullable IOException problem) throws IOException {
                Files.setLastModifiedTime(
                        to.resolve(from.relativize(place).toString()), Files.getLastModifiedTime(place));
                return super.postVisitDirectory(place, problem);
            }
        });
    }
}
