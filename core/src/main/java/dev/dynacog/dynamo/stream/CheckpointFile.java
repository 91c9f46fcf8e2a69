package dev.dynacog.dynamo.stream;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.OwnFiles;
import dev.dynacog.files.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** How far a stream was read, in a file: it is replaced as a whole, so that whoever looks finds the old or the new. */
public final class CheckpointFile {
    private static final String FIRST_LINE = "# checkpoint of dynacog";
    private static final String STREAM = "stream";
    private static final String SHARD = "shard.";
    private static final String OWED = "owed.";

    private final Path file;

    public CheckpointFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * The file for a stream's table, wherever the table is: its name tells the region and the account.
     *
     * @param stream the stream's ARN
     */
    public static CheckpointFile ofTable(Path folder, String stream) {
        // arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL
        String[] parts = stream.split("[:/]", -1);
        String name = parts.length < 7 ? stream : parts[3] + "-" + parts[4] + "-" + parts[6];
        return new CheckpointFile(folder.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + ".checkpoint"));
    }

    public Path path() {
        return file;
    }

    /** What was saved last; nothing when nothing was. */
    public Optional<Checkpoint> read() {
        String text;
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Optional.empty();
            }
            // A position of somebody else's choice would make us pass over what was never projected.
            OwnFiles.ofThisUser().objection(file).ifPresent(why -> {
                throw new DynacogException.Access(
                        "the checkpoint " + file + " cannot be trusted: " + why,
                        "make it writable only by you (chmod go-w), or pass another with --checkpoint",
                        null);
            });
            PrivateFile.forgetAbandoned(file);
            if (Files.size(file) > 10_000_000) {
                throw notOurs();
            }
            text = Files.readString(file);
        } catch (IOException e) {
            throw new DynacogException.Failed(
                    "the checkpoint cannot be read: " + file + " (" + PrivateFile.reason(e) + ")",
                    "pass another with --checkpoint",
                    e);
        }
        if (!text.startsWith(FIRST_LINE)) {
            throw notOurs();
        }
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            Map<String, ShardPosition> shards = new HashMap<>();
            List<String> owed = new ArrayList<>();
            for (String name : properties.stringPropertyNames()) {
                if (name.startsWith(SHARD)) {
                    shards.put(name.substring(SHARD.length()), position(properties.getProperty(name)));
                } else if (name.startsWith(OWED)) {
                    owed.add(URLDecoder.decode(properties.getProperty(name), StandardCharsets.UTF_8));
                }
            }
            return Optional.of(new Checkpoint(new StreamPosition(properties.getProperty(STREAM, ""), shards), owed));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw notOurs();
        }
    }

    /** What somebody else wrote is never overwritten. */
    private DynacogException notOurs() {
        return new DynacogException.Usage(
                file + " is not a dynacog checkpoint", "remove it, or pass another with --checkpoint");
    }

    private static ShardPosition position(String text) {
        String[] words = text.split(" ", -1);
        Instant seenUntil = Instant.parse(words[words.length - 1]);
        return switch (words[0]) {
            case "beginning" -> new ShardPosition.Beginning(seenUntil);
            case "after" -> new ShardPosition.After(words[1], seenUntil);
            case "end" -> new ShardPosition.End(seenUntil);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String text(ShardPosition position) {
        if (position instanceof ShardPosition.After after) {
            return "after " + after.sequenceNumber() + " " + after.seenUntil();
        }
        return (position instanceof ShardPosition.End ? "end " : "beginning ") + position.seenUntil();
    }

    /** Replaces what was saved before. */
    public void write(Checkpoint checkpoint) {
        StreamPosition position = checkpoint.position();
        StringBuilder text = new StringBuilder(FIRST_LINE).append(": how far a table's stream was read\n");
        // An ARN has colons, which are fine behind the first equals sign; a shard's id has none.
        text.append(STREAM).append('=').append(position.stream()).append('\n');
        new TreeMap<>(position.shards())
                .forEach((shard, at) -> text.append(SHARD)
                        .append(shard)
                        .append('=')
                        .append(text(at))
                        .append('\n'));
        for (int i = 0; i < checkpoint.owed().size(); i++) {
            // Whatever an app made a key of: encoded, none of it means anything in this file.
            text.append(OWED)
                    .append(i)
                    .append('=')
                    .append(URLEncoder.encode(checkpoint.owed().get(i), StandardCharsets.UTF_8))
                    .append('\n');
        }
        try {
            PrivateFile.folder(file.resolveSibling(""));
            PrivateFile.replace(file, text.toString());
        } catch (IOException e) {
            throw new DynacogException.Failed(
                    "the checkpoint cannot be written: " + file + " (" + PrivateFile.reason(e) + ")",
                    "pass another with --checkpoint; changes already made are kept",
                    e);
        }
    }
}
