package dev.dynacog.idsync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dynacog.aws.Caller;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file to which every change is added as a JSON line before it is committed, and how that ended after. What it says is
 * on disk when the commit begins. One run at a time writes to it, and nothing but whole lines stay in it.
 */
public final class Audit implements AutoCloseable {
    static final String COMMITTED = "committed";
    static final String ROLLED_BACK = "rolled_back";
    static final String UNKNOWN = "unknown";

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final String run = UUID.randomUUID().toString();
    private final Context context;
    private final FileChannel channel;
    private int transaction = 1;
    private boolean concluded;

    /**
     * Who writes what where; each line has all of it.
     *
     * @param operator the name of the user of this machine
     * @param account the AWS account, where it is known
     * @param identity the user or role in it
     */
    public record Context(
            String operator,
            Optional<String> account,
            Optional<String> identity,
            String pool,
            String host,
            String database,
            String table,
            String column,
            String match) {
        /** What a sync is, and who asked for it. */
        public static Context of(
                String operator, Optional<Caller> caller, String pool, PostgresUrl url, SyncRequest request) {
            return new Context(
                    operator,
                    caller.map(Caller::account),
                    caller.map(Caller::identity),
                    pool,
                    url.hostList(),
                    url.database(),
                    request.table().toString(),
                    request.idColumn(),
                    request.match().toString());
        }

        Map<String, @Nullable String> fields() {
            Map<String, @Nullable String> fields = new LinkedHashMap<>();
            fields.put("database", database);
            fields.put("table", table);
            fields.put("operator", operator);
            fields.put("account", account.orElse(null));
            fields.put("identity", identity.orElse(null));
            fields.put("pool", pool);
            fields.put("host", host);
            fields.put("column", column);
            fields.put("match", match);
            return fields;
        }
    }

    private Audit(Path file, Context context, FileChannel channel) {
        this.file = file;
        this.context = context;
        this.channel = channel;
    }

    /** Opens the file, and fails where nothing could be added to it: before anything else is done. */
    public static Audit open(Path file, Context context) {
        FileChannel channel;
        try {
            channel = PrivateFile.append(file);
        } catch (IOException e) {
            throw unusable(file, reason(e), "nothing was changed");
        }
        try {
            // Before it is locked: to close a file that was read would give the lock free.
            if (!endsWithLine(file)) {
                throw unusable(file, "its last line is incomplete", "complete that line, or pass another file");
            }
            if (!isOurs(channel)) {
                throw unusable(file, "another run is writing to it", "wait for it to finish, or pass another file");
            }
            return new Audit(file, context, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw unusable(file, reason(e), "nothing was changed");
        } catch (DynacogException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException another) {
            return false;
        }
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (FileChannel read = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return read.size() == 0 || (read.read(last, read.size() - 1) == 1 && last.get(0) == '\n');
        }
    }

    private static DynacogException unusable(Path file, String why, String hint) {
        return new DynacogException.Usage(
                "the audit file " + file + " cannot be written: " + why + "; 0 rows were changed", hint);
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return String.valueOf(reason);
    }

    /** A transaction begins, whose end is to be told. */
    synchronized void begin() {
        concluded = false;
    }

    /** Adds the changes of a transaction; they are on disk when this returns. */
    synchronized void changes(Iterator<Change> changes, Tally tally) {
        long before = 0;
        try {
            before = channel.size();
            // Not closed, since that would close the file.
            BufferedOutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            while (changes.hasNext()) {
                Entry entry = changes.next().entry();
                out.write(line(entry.category().id(), Optional.of(entry), 0));
            }
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            forgetFrom(before);
            throw new DynacogException.Usage(
                    "the audit file " + file + " cannot be written: " + reason(e) + "; " + tally.said(),
                    "check the free space on its disk");
        }
    }

    private void forgetFrom(long size) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            // The next run will see that its last line has no end.
        }
    }

    /** How the transaction ended. That this can't be written any more changes nothing of what was done. */
    synchronized void conclude(String outcome, long rows) {
        if (concluded) {
            return;
        }
        concluded = true;
        long before = Long.MAX_VALUE;
        try {
            before = channel.size();
            ByteBuffer line = ByteBuffer.wrap(line(outcome, Optional.empty(), rows));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        } catch (IOException e) {
            // The database has the word about what happened; the changes are in the file.
            forgetFrom(before);
        }
        transaction++;
    }

    private byte[] line(String event, Optional<Entry> entry, long rows) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(400);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("run", run);
            json.writeStringField("at", Instant.now().toString());
            json.writeStringField("event", event);
            for (Map.Entry<String, @Nullable String> field : context.fields().entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeNumberField("transaction", transaction);
            if (entry.isPresent()) {
                json.writeStringField("handle", entry.get().handle().orElse(null));
                json.writeStringField("username", entry.get().username().orElse(null));
                json.writeStringField("old", entry.get().old().orElse(null));
                json.writeStringField("new", entry.get().sub().orElse(null));
            } else {
                json.writeNumberField("rows", rows);
            }
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyTold) {
            // Everything that matters was written before.
        }
    }
}
