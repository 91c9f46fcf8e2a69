package dev.dynacog.cli.command.local;

import dev.dynacog.config.Folders;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of this user's stack. */
public final class LocalFiles {
    private final Folders folders;

    public LocalFiles(Folders folders) {
        this.folders = folders;
    }

    /** What DynamoDB and Postgres keep. */
    public Path data() {
        return folders.data().resolve("stack");
    }

    public Path log() {
        return folders.state().resolve("stack.log");
    }

    /** Forgets all data. Only what is below the stack's own folder goes; links are removed, not followed. */
    public void wipe() {
        delete(data());
        try {
            Optional<ServerAccount> account = ServerAccount.ofRoot();
            if (account.isPresent()) {
                new RootsStack(account.get()).delete(RootsStack.place(data()));
            }
        } catch (IOException e) {
            throw new DynacogException.Failed("the data cannot be deleted: " + e.getMessage(), "", e);
        }
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new DynacogException.Failed(folder + " cannot be deleted: " + e.getMessage(), "", e);
        }
    }
}
