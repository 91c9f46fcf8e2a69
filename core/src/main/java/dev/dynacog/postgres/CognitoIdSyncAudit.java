package dev.dynacog.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dynacog.error.DynacogException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A file to which every change is added as a JSON line before it is committed, and how that ended after. What it says is
 * on disk when the commit begins.
 */
final class CognitoIdSyncAudit implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final String run = UUID.randomUUID().toString();
    private final String database;
    private final String table;
    private final FileChannel channel;
    private final JsonGenerator json;

    CognitoIdSyncAudit(Path file, String database, String table) {
        this.file = file;
        this.database = database;
        this.table = table;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            json = JSON.createGenerator(out).setRootValueSeparator(null);
        } catch (IOException e) {
            throw new DynacogException.Usage(
                    "the audit file " + file + " can't be written: " + e.getMessage(), "nothing was changed");
        }
    }

    void change(CognitoIdSyncEntry entry) {
        write(entry.category().id(), Optional.of(entry));
    }

    /** Everything so far is on disk when this returns. */
    void sync() {
        try {
            json.flush();
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** How the run ended. That this can't be written any more changes nothing of what was done. */
    void conclude(String outcome) {
        try {
            write(outcome, Optional.empty());
            sync();
        } catch (DynacogException e) {
            // The database has the word about what happened; the changes are in the file.
        }
    }

    private void write(String event, Optional<CognitoIdSyncEntry> entry) {
        try {
            json.writeStartObject();
            json.writeStringField("run", run);
            json.writeStringField("at", Instant.now().toString());
            json.writeStringField("event", event);
            json.writeStringField("database", database);
            json.writeStringField("table", table);
            if (entry.isPresent()) {
                json.writeStringField("handle", entry.get().handle().orElse(null));
                json.writeStringField("username", entry.get().username().orElse(null));
                json.writeStringField("old", entry.get().old().orElse(null));
                json.writeStringField("new", entry.get().sub().orElse(null));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private DynacogException failed(IOException failure) {
        return new DynacogException.Failed(
                "the audit file " + file + " can't be written: " + failure.getMessage() + "; 0 rows were changed",
                "is there room on its disk?",
                failure);
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException alreadyTold) {
            // Everything that matters was flushed before.
        }
    }
}
