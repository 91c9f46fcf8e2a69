package dev.dynacog.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A folder that one process at a time may use. The system drops the lock when its holder dies, however it dies; the
 * file stays, because deleting it would let two processes hold "the" lock at once.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, unless somebody else (in this JVM or another) holds it. */
    static Optional<FolderLock> tryTake(Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException heldInThisJvm) {
            taken = false;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new FolderLock(channel)) : Optional.empty();
    }

    /** The lock, as soon as it can be had. */
    static FolderLock take(Path lockFile, Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience);
        Optional<FolderLock> lock = tryTake(lockFile);
        while (lock.isEmpty()) {
            if (deadline.isOver()) {
                throw new IOException("somebody holds " + lockFile);
            }
            deadline.pause();
            lock = tryTake(lockFile);
        }
        return lock.get();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // The lock goes with the channel or with the process: nothing depends on this one's success.
        }
    }
}
