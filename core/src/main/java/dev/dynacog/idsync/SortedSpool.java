package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PrivateFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Records that are read back in the order of their keys, as often as wanted. As long as they are few they stay in memory;
 * beyond that, sorted parts of them go to a file that has no name, so that not even a killed process leaves it behind.
 */
final class SortedSpool implements AutoCloseable {
    private static final int IN_MEMORY = 16 << 20;
    /** What an object costs beside its content, about. */
    private static final int OVERHEAD = 64;

    private static final int BUFFER = 32 << 10;

    /** One record; keys are compared byte by byte, as unsigned numbers. */
    static final class Item {
        private final byte[] key;
        private final byte[] value;

        Item(byte[] key, byte... value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        byte[] value() {
            return value;
        }
    }

    /** A part of the file that is in order. */
    private record Part(long start, long end) {}

    private final int inMemory;
    private final List<Part> parts = new ArrayList<>();
    private List<Item> items = new ArrayList<>();
    private int size;
    private boolean sorted;
    private @Nullable FileChannel file;

    SortedSpool() {
        this(IN_MEMORY);
    }

    /** One that keeps so many bytes in memory. */
    SortedSpool(int inMemory) {
        this.inMemory = inMemory;
    }

    void add(byte[] key, byte... value) {
        items.add(new Item(key, value));
        size += key.length + value.length + OVERHEAD;
        sorted = false;
        if (size > inMemory) {
            spill();
        }
    }

    private void sort() {
        if (!sorted) {
            items.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
            sorted = true;
        }
    }

    private void spill() {
        sort();
        try {
            if (file == null) {
                file = PrivateFile.scratch(folder());
            }
            long start = file.size();
            file.position(start);
            // Not closed, since that would close the file.
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
            for (Item item : items) {
                out.writeInt(item.key.length);
                out.write(item.key);
                out.writeInt(item.value.length);
                out.write(item.value);
            }
            out.flush();
            parts.add(new Part(start, file.size()));
        } catch (IOException e) {
            throw unusable(e);
        }
        items = new ArrayList<>();
        size = 0;
    }

    /** Reads from the beginning. What is added meanwhile may or may not be seen. */
    Reader read() {
        sort();
        if (parts.isEmpty()) {
            return new Reader(List.of(new InMemory(items)));
        }
        if (!items.isEmpty()) {
            spill();
        }
        List<Source> sources = new ArrayList<>();
        for (Part part : parts) {
            sources.add(new OnDisk(part));
        }
        return new Reader(sources);
    }

    private static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Removes what a process left that was killed while it made a file, before that lost its name. */
    static void sweep() {
        try {
            PrivateFile.forgetAbandoned(folder().resolve("dynacog"));
        } catch (IOException notOurs) {
            // Another user's, or gone already: what we need doesn't depend on it.
        }
    }

    private static DynacogException unusable(IOException failure) {
        return new DynacogException.Failed(
                "the list of users can't be kept in a temporary file: " + failure.getMessage()
                        + "; 0 rows were changed",
                "is there room in " + folder() + "?",
                failure);
    }

    @Override
    public void close() {
        items = new ArrayList<>();
        if (file != null) {
            try {
                file.close();
            } catch (IOException goneAnyway) {
                // It has no name, and nobody reads it any more.
            }
        }
    }

    private interface Source {
        @Nullable
        Item next();
    }

    private static final class InMemory implements Source {
        private final List<Item> items;
        private int at;

        InMemory(List<Item> items) {
            this.items = items;
        }

        @Override
        public @Nullable Item next() {
            return at < items.size() ? items.get(at++) : null;
        }
    }

    private final class OnDisk implements Source {
        private final DataInputStream in;
        private final long end;
        private long at;

        OnDisk(Part part) {
            this.at = part.start;
            this.end = part.end;
            this.in = new DataInputStream(new BufferedInputStream(new Positioned(part.start), BUFFER));
        }

        @Override
        public @Nullable Item next() {
            if (at == end) {
                return null;
            }
            try {
                Item item = new Item(bytes(), bytes());
                at += 8L + item.key.length + item.value.length;
                return item;
            } catch (IOException e) {
                throw unusable(e);
            }
        }

        private byte[] bytes() throws IOException {
            return in.readNBytes(in.readInt());
        }
    }

    /** The file from a place on, however many read it at once. */
    private final class Positioned extends InputStream {
        private long position;

        Positioned(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (file == null) {
                throw new IOException("closed");
            }
            int read = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }
    }

    /** Goes through the records once, and lets the next one be looked at. */
    static final class Reader {
        private record Head(Item item, Source source) {}

        private final PriorityQueue<Head> heads =
                new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.item.key, b.item.key));
        private @Nullable Item next;

        private Reader(List<Source> sources) {
            sources.forEach(this::advance);
            next = poll();
        }

        private void advance(Source source) {
            Item item = source.next();
            if (item != null) {
                heads.add(new Head(item, source));
            }
        }

        private @Nullable Item poll() {
            Head head = heads.poll();
            if (head == null) {
                return null;
            }
            advance(head.source);
            return head.item;
        }

        /** The record that is taken next, or nothing at the end. */
        @Nullable
        Item peek() {
            return next;
        }

        /** The next record, or nothing at the end. */
        @Nullable
        Item take() {
            Item taken = next;
            next = taken == null ? null : poll();
            return taken;
        }
    }
}
