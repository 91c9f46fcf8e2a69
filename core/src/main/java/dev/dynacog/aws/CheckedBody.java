package dev.dynacog.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body, which has an end, and where it says something, a beginning. */
final class CheckedBody extends FilterInputStream {
    /** The largest that DynamoDB gives are 16 MB of items, and no larger as JSON than twice that. */
    private static final long LONGEST = 32L << 20;

    private final boolean needed;
    private long length;

    /**
     * A body.
     *
     * @param needed whether an empty one is no answer
     */
    CheckedBody(InputStream in, boolean needed) {
        super(in);
        this.needed = needed;
    }

    @Override
    public int read() throws IOException {
        int unit = super.read();
        count(unit < 0 ? -1 : 1);
        return unit;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        count(read);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) throws IOException {
        if (read < 0 && length == 0 && needed) {
            throw new BadAnswer("sent an empty response");
        }
        length += Math.max(0, read);
        if (length > LONGEST) {
            throw new BadAnswer("sent a response larger than " + (LONGEST >> 20) + " MiB");
        }
    }
}
