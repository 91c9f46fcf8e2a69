package dev.dynacog.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Postgres' programs, unpacked from the jar that the build chose for its platform. */
record PostgresBinaries(Path home, int majorVersion) {
    private static final String UNFINISHED = ".unfinished-";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    /** Unpacks them unless an earlier run has. */
    static PostgresBinaries unpackedIn(Path cacheFolder) {
        Properties facts = facts();
        String version = facts.getProperty("version");
        String platform = facts.getProperty("platform");
        refuseForeign(platform);
        Path home = cacheFolder.resolve("postgres-%s-%s".formatted(version, platform));
        requirePrograms(cacheFolder);
        if (!Files.isDirectory(home)) {
            unpack(facts.getProperty("archive"), cacheFolder, home);
        }
        try {
            Folders.requireOwn(cacheFolder, "cache");
            Folders.requireOwn(home, "cache");
            for (String code : List.of("bin", "lib")) {
                Folders.requireOwn(home.resolve(code), "cache");
                Folders.requireOwnFiles(home.resolve(code), home);
            }
        } catch (IOException problem) {
            throw Folders.unusable(cacheFolder, "cache", problem);
        }
        return new PostgresBinaries(home, Integer.parseInt(version.substring(0, version.indexOf('.'))));
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Properties facts() {
        Properties facts = new Properties();
        try (InputStream resource = resource("postgres-binaries.properties")) {
            facts.load(resource);
        } catch (IOException problem) {
            throw StackException.of(problem);
        }
        return facts;
    }

    private static void refuseForeign(String platform) {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        if (!platform.startsWith(system + "-" + processor)) {
            throw StackException.failed(
                    "this copy of dynacog contains Postgres for %s, and this machine is %s-%s"
                            .formatted(platform, system, processor),
                    "build it on this machine, from source");
        }
    }

    private static void requirePrograms(Path cacheFolder) {
        try {
            if (!Folders.runsPrograms(cacheFolder)) {
                throw StackException.failed(
                        "no program can be run from the cache folder %s: it is mounted noexec".formatted(cacheFolder),
                        "set XDG_CACHE_HOME to a folder elsewhere");
            }
        } catch (IOException problem) {
            throw Folders.unusable(cacheFolder, "cache", problem);
        }
    }

    /**
     * Unpacks beside the place and renames, so that a folder of that name is always whole, whoever is killed and
     * however many start at once.
     */
    private static void unpack(String archive, Path cacheFolder, Path home) {
        try {
            removeAbandoned(cacheFolder);
            Path unfinished = Files.createTempDirectory(cacheFolder, UNFINISHED);
            try (InputStream resource = resource("/" + archive);
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(entry, tar, unfinished);
                }
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                rename(unfinished, home);
            } finally {
                Folders.deleteTree(unfinished);
            }
        } catch (IOException problem) {
            throw Folders.unusable(cacheFolder, "cache", problem);
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root) || entry.getName().endsWith(".a")) {
            return;
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void rename(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home);
        } catch (IOException problem) {
            // Another stack, started at the same moment, was first; theirs is as good.
            if (!Files.isDirectory(home)) {
                throw problem;
            }
        }
    }

    private static void removeAbandoned(Path cacheFolder) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
        List<Path> old;
        try (Stream<Path> files = Files.list(cacheFolder)) {
            old = files.filter(file -> file.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        for (Path folder : old) {
            if (Files.getLastModifiedTime(folder).compareTo(limit) < 0) {
                Folders.deleteTree(folder);
            }
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = PostgresBinaries.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("the class path has no " + name);
        }
        return resource;
    }
}
