package dev.dynacog.idsync;

import java.util.Arrays;
import java.util.Optional;

/**
 * A line of the plan with all that is needed to carry it out.
 *
 * @param row the row that it is about, if there is one
 * @param user who is to get a row
 * @param contended whether the row has a sub that another is to get, or is to get one that another has
 * @param givesUp whether the row has a sub that another is to get
 */
record Change(Entry entry, Optional<Row> row, Optional<PoolUser> user, boolean contended, boolean givesUp) {
    private static final int HAS_ROW = 1;
    private static final int HAS_USER = 2;
    private static final int CONTENDED = 4;
    private static final int GIVES_UP = 8;

    byte[] bytes() {
        Fields.Writer out = new Fields.Writer()
                .number((row.isPresent() ? HAS_ROW : 0)
                        | (user.isPresent() ? HAS_USER : 0)
                        | (contended ? CONTENDED : 0)
                        | (givesUp ? GIVES_UP : 0))
                .text(Optional.of(entry.category().id()))
                .text(entry.username())
                .text(entry.handle())
                .text(entry.sub())
                .text(entry.old())
                .text(entry.detail());
        user.ifPresent(person -> person.writeTo(out));
        row.ifPresent(found -> out.text(found.match()));
        // Last comes what two plans may differ in, and how long that is.
        int essence = out.size();
        row.ifPresent(found -> found.writePlaceTo(out));
        return out.number(out.size() - essence).bytes();
    }

    /** How many bytes make two plans the same: all but where the row is. */
    static int essence(byte... bytes) {
        int end = bytes.length - Integer.BYTES;
        return end - new Fields.Reader(Arrays.copyOfRange(bytes, end, bytes.length)).number();
    }

    static Change of(byte... bytes) {
        Fields.Reader in = new Fields.Reader(bytes);
        int flags = in.number();
        Entry entry =
                new Entry(Category.of(in.text().orElseThrow()), in.text(), in.text(), in.text(), in.text(), in.text());
        Optional<PoolUser> user = (flags & HAS_USER) == 0 ? Optional.empty() : Optional.of(PoolUser.of(in));
        Optional<Row> row = (flags & HAS_ROW) == 0
                ? Optional.empty()
                : Optional.of(new Row(in.text(), entry.old(), Row.placeOf(in)));
        return new Change(entry, row, user, (flags & CONTENDED) != 0, (flags & GIVES_UP) != 0);
    }

    Row target() {
        return row.orElseThrow(() -> new IllegalStateException("no row"));
    }

    PoolUser person() {
        return user.orElseThrow(() -> new IllegalStateException("no user"));
    }

    String sub() {
        return entry.sub().orElseThrow(() -> new IllegalStateException("no sub"));
    }
}
