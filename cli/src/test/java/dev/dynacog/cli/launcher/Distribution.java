package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The distribution, unpacked as a user would. */
record Distribution(Path home) {

    /** A name that needs quoting. */
    static final String ODD_NAME = "it's a \"quoted\" folder, größer";

    /** Unpacks the built archive. */
    static Distribution unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path archive = Path.of(System.getProperty("dynacog.archive.file"));
        Run.Result unpacked = Run.of(folder, "tar", "-xzf", archive.toString()).run();
        assertThat(unpacked.exit()).describedAs(unpacked.err()).isZero();
        try (Stream<Path> inside = Files.list(folder)) {
            return new Distribution(inside.findFirst().orElseThrow());
        }
    }

    Path launcher() {
        return home.resolve("bin/dynacog");
    }

    /** The same without the servers, which takes no time to make. */
    Distribution copyTo(Path copy) throws IOException {
        for (String folder : new String[] {"bin", "lib"}) {
            Files.createDirectories(copy.resolve(folder));
            try (Stream<Path> files = Files.list(home.resolve(folder)).filter(Files::isRegularFile)) {
                for (Path file : files.toList()) {
                    Files.copy(
                            file,
                            copy.resolve(folder).resolve(file.getFileName()),
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
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
