package dev.dynacog.idsync;

import java.util.Locale;

/** What has been committed so far. Asked by whoever ends the run, too. */
final class Tally {
    private long updated;
    private long inserted;
    private boolean unknown;

    synchronized void add(IdSync.Written written) {
        updated += written.updated();
        inserted += written.inserted();
        unknown = false;
    }

    /** From here on nobody but the server knows, until it has answered. */
    synchronized void commitIsSent() {
        unknown = true;
    }

    synchronized void commitWasRefused() {
        unknown = false;
    }

    synchronized boolean isUnknown() {
        return unknown;
    }

    synchronized IdSync.Written written() {
        return new IdSync.Written(updated, inserted);
    }

    /** For the end of a message. */
    synchronized String said() {
        long rows = updated + inserted;
        String known = rows == 1 ? "1 row was changed" : String.format(Locale.ROOT, "%,d rows were changed", rows);
        return unknown ? (rows == 0 ? "" : known + ", and ") + "the outcome of the last commit is unknown" : known;
    }
}
