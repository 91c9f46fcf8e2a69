package dev.dynacog.seed;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All fixtures of a folder and of the folders in it, in the order of their paths; hidden ones are left out. */
final class FixtureFolder extends SimpleFileVisitor<Path> {
    private static final int MOST = 10_000;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    private FixtureFolder(Path folder) {
        this.folder = folder;
    }

    static List<Path> files(Path folder) {
        FixtureFolder visitor = new FixtureFolder(folder);
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (visitor.files.isEmpty()) {
            throw new DynacogException.NotFound(
                    "no fixture in " + folder, "fixture file names end in " + Origin.ENDING);
        }
        visitor.files.sort(Comparator.comparing(Path::toString));
        return visitor.files;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        return visited.equals(folder) || !isHidden(visited) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (file.toString().endsWith(Origin.ENDING) && !isHidden(file) && Files.isRegularFile(file)) {
            files.add(file);
        }
        if (files.size() > MOST) {
            throw new DynacogException.Usage(
                    "there are more than " + MOST + " fixtures in " + folder, "use a folder with fewer");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        throw new DynacogException.Failed(file + " cannot be read: " + PrivateFile.reason(failure), "", failure);
    }
}
