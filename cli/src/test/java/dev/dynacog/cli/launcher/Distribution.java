package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The distribution, unpacked as a user would. */
record Distribution(Path home) {

    /** A name that needs quoting. */
    static final String ODD_NAME = "it's a \"quoted\" folder, größer";

    /** The one of this build, unpacked once. A test that writes into its installation unpacks one of its own. */
    static Distribution shared() throws IOException {
        Path archive = archive();
        Path place = archive.resolveSibling(
                "installed-" + Files.getLastModifiedTime(archive).toMillis());
        if (!Files.exists(place)) {
            Path unfinished = Files.createTempDirectory(archive.getParent(), "unpacking-");
            unpack(unfinished);
            try {
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (DirectoryNotEmptyException anotherJvmWasFaster) {
                Run.of(archive.getParent(), "rm", "-rf", unfinished.toString()).run();
            }
        }
        return in(place);
    }

    /** Unpacks the built archive. */
    static Distribution unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Run.Result unpacked =
                Run.of(folder, "tar", "-xzf", archive().toString()).run();
        assertThat(unpacked.exit()).describedAs(unpacked.err()).isZero();
        return in(folder);
    }

    private static Path archive() {
        return Path.of(System.getProperty("dynacog.archive.file"));
    }

    private static Distribution in(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return new Distribution(inside.findFirst().orElseThrow());
        }
    }

    Path launcher() {
        return home.resolve("bin/dynacog");
    }

    /** The same without the servers, which takes no time to make. */
    Distribution copyTo(Path copy) throws IOException {
        for (String folder : new String[] {"bin", "lib", "lib/launcher"}) {
            Files.createDirectories(copy.resolve(folder));
            try (Stream<Path> files = Files.list(home.resolve(folder)).filter(Files::isRegularFile)) {
                for (Path file : files.toList()) {
                    Files.copy(
                            file, copy.resolve(folder).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return new Distribution(copy);
    }

    /** Every file with its size and time. */
    Map<String, String> listing() throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                listing.put(home.relativize(file).toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return listing;
    }
}
