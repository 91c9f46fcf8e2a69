package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a sync would do: counts in memory, entries in a file, the changes before everything else. Closing it deletes the
 * file.
 */
public final class CognitoIdSyncPlan implements AutoCloseable {
    /**
     * The sizes.
     *
     * @param users how many the pool has
     * @param rows how many the table has
     */
    public record Counts(long users, long rows, Map<CognitoIdSyncCategory, Long> byCategory) {
        public Counts {
            Map<CognitoIdSyncCategory, Long> copy = new EnumMap<>(CognitoIdSyncCategory.class);
            copy.putAll(byCategory);
            byCategory = copy;
        }

        public long of(CognitoIdSyncCategory category) {
            return byCategory.getOrDefault(category, 0L);
        }

        public long changes() {
            return of(CognitoIdSyncCategory.TO_UPDATE) + of(CognitoIdSyncCategory.TO_INSERT);
        }

        public long ambiguous() {
            return byCategory.entrySet().stream()
                    .filter(count -> count.getKey().isAmbiguous())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    private static final int ENTRY = 1;

    private final Counts counts;
    private final Path file;
    private final byte[] changes;

    private CognitoIdSyncPlan(Counts counts, Path file, byte... changes) {
        this.counts = counts;
        this.file = file;
        this.changes = changes;
    }

    public Counts counts() {
        return counts;
    }

    /** Whether both would write the same. */
    boolean writesTheSameAs(CognitoIdSyncPlan other) {
        return Arrays.equals(changes, other.changes);
    }

    /** Every entry but those that are already right. */
    public void forEach(Consumer<CognitoIdSyncEntry> reader) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (in.read() == ENTRY) {
                reader.accept(new CognitoIdSyncEntry(
                        CognitoIdSyncCategory.of(in.readUTF()), text(in), text(in), text(in), text(in), text(in)));
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? Optional.empty() : Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static DynacogException unusable(IOException failure) {
        return new DynacogException.Failed(
                "the plan can't be kept in a temporary file: " + failure.getMessage(),
                "is there room in the folder for temporary files?",
                failure);
    }

    @Override
    public void close() {
        delete(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftToTheSystem) {
            // In the folder for temporary files, for its owner's eyes only.
        }
    }

    /** A plan that is being written down. */
    static final class Writer implements AutoCloseable {
        private final Path file;
        private final MessageDigest digest;
        private final DataOutputStream plain;
        private final DataOutputStream digested;
        private boolean done;

        Writer() {
            try {
                file = Files.createTempFile("dynacog-plan-", ".bin");
                digest = MessageDigest.getInstance("SHA-256");
                BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                plain = new DataOutputStream(out);
                digested = new DataOutputStream(new DigestOutputStream(out, digest));
            } catch (IOException e) {
                throw unusable(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void add(CognitoIdSyncEntry entry) {
            DataOutputStream out = entry.category().isChange() ? digested : plain;
            try {
                out.write(ENTRY);
                out.writeUTF(entry.category().id());
                write(entry.username(), out);
                write(entry.handle(), out);
                write(entry.sub(), out);
                write(entry.old(), out);
                write(entry.detail(), out);
            } catch (IOException e) {
                throw unusable(e);
            }
        }

        private static void write(Optional<String> text, DataOutputStream out) throws IOException {
            if (text.isEmpty()) {
                out.writeInt(-1);
                return;
            }
            byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        CognitoIdSyncPlan finish(Counts counts) {
            try {
                plain.close();
            } catch (IOException e) {
                throw unusable(e);
            }
            done = true;
            return new CognitoIdSyncPlan(counts, file, digest.digest());
        }

        @Override
        public void close() {
            if (!done) {
                try {
                    plain.close();
                } catch (IOException alsoUnusable) {
                    // It is thrown away.
                }
                delete(file);
            }
        }
    }
}
