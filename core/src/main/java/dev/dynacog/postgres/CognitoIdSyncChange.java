package dev.dynacog.postgres;

import java.util.Optional;

/**
 * A line of the plan with all that is needed to carry it out.
 *
 * @param row the row that it is about, if there is one
 * @param user whom it is about, if it isn't a row alone
 * @param contended whether the row has a sub that another is to get, or is to get one that another has
 * @param givesUp whether the row has a sub that another is to get
 */
record CognitoIdSyncChange(
        CognitoIdSyncEntry entry,
        Optional<CognitoIdSyncRow> row,
        Optional<CognitoIdSyncUser> user,
        boolean contended,
        boolean givesUp) {
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
        byte[] first = out.bytes();
        byte[] second = row.map(CognitoIdSyncRow::bytes).orElse(new byte[0]);
        byte[] third = user.map(CognitoIdSyncUser::bytes).orElse(new byte[0]);
        byte[] all = new byte[first.length + second.length + third.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    static CognitoIdSyncChange of(byte[] bytes) {
        Fields.Reader in = new Fields.Reader(bytes);
        int flags = in.number();
        CognitoIdSyncEntry entry = new CognitoIdSyncEntry(
                CognitoIdSyncCategory.of(in.text().orElseThrow()),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text());
        return new CognitoIdSyncChange(
                entry,
                (flags & HAS_ROW) == 0 ? Optional.empty() : Optional.of(CognitoIdSyncRow.of(in)),
                (flags & HAS_USER) == 0 ? Optional.empty() : Optional.of(CognitoIdSyncUser.of(in)),
                (flags & CONTENDED) != 0,
                (flags & GIVES_UP) != 0);
    }

    /** What makes two plans the same: all but where the row is. */
    byte[] essence() {
        return new CognitoIdSyncChange(
                        entry,
                        row.map(found -> new CognitoIdSyncRow(found.match(), found.old(), Optional.empty())),
                        user,
                        contended,
                        givesUp)
                .bytes();
    }

    CognitoIdSyncRow target() {
        return row.orElseThrow(() -> new IllegalStateException("no row"));
    }

    CognitoIdSyncUser person() {
        return user.orElseThrow(() -> new IllegalStateException("no user"));
    }

    String sub() {
        return entry.sub().orElseThrow(() -> new IllegalStateException("no sub"));
    }
}
