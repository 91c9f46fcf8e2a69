package dev.dynacog.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A Java to measure on. */
record Jdk(Path home, String version) {
    private static final int FIRST_WITH_AOT_CACHE = 24;

    /** The one that this program runs on: the java of the PATH. */
    static Jdk own() throws IOException {
        return at(Path.of(System.getProperty("java.home")));
    }

    /** Our own and the newest one found, or just one where they are the same. */
    static List<Jdk> usual() throws IOException {
        Jdk own = own();
        List<Jdk> all = new ArrayList<>(installed());
        all.add(own);
        // Of two of one version our own: it comes last, and max takes the last.
        Jdk newest = all.stream().max(Comparator.comparing(Jdk::parsed)).orElse(own);
        return newest.parsed().compareTo(own.parsed()) == 0 ? List.of(own) : List.of(newest, own);
    }

    static Jdk at(Path home) throws IOException {
        return read(home)
                .orElseThrow(
                        () -> new BenchException("there is no JDK at " + home, "name its home: the folder of bin"));
    }

    private static List<Jdk> installed() throws IOException {
        List<Jdk> found = new ArrayList<>();
        for (String place : List.of("/usr/lib/jvm", "/usr/lib64/jvm", "/usr/java", "/opt/java")) {
            Path folder = Path.of(place);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder)) {
                    for (Path home : homes) {
                        read(home).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static Optional<Jdk> read(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
            facts.load(reader);
        }
        String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? Optional.empty() : Optional.of(new Jdk(home.toRealPath(), version));
    }

    int feature() {
        return parsed().feature();
    }

    /** Newer ones start from an AOT cache, older ones from a class archive; their goals differ. */
    boolean hasAotCache() {
        return feature() >= FIRST_WITH_AOT_CACHE;
    }

    private Runtime.Version parsed() {
        return Runtime.Version.parse(version);
    }
}
