package dev.dynacog.idsync;

import java.util.Optional;

/**
 * A user of the pool as a sync needs it; texts that Postgres can't store are left out or replaced.
 *
 * @param match what is matched; nothing where that is no text for Postgres
 * @param shown the same, fit to be shown
 * @param state the category that the user is in whatever the table has; nothing for who may get a row
 */
record PoolUser(
        String username,
        Optional<String> sub,
        Optional<String> match,
        Optional<String> shown,
        Optional<Category> state,
        Optional<String> handle,
        Optional<String> email,
        Optional<String> displayName) {
    /** Whether nothing is known yet that speaks against a row for this user. */
    boolean isCandidate() {
        return state.isEmpty();
    }

    /** Whether this user makes others with the same handle ambiguous. */
    boolean competes() {
        return state.isEmpty() || state.get() == Category.SUB_TWICE_IN_COGNITO;
    }

    PoolUser in(Category category) {
        return new PoolUser(username, sub, match, shown, Optional.of(category), handle, email, displayName);
    }

    byte[] bytes() {
        Fields.Writer out = new Fields.Writer();
        writeTo(out);
        return out.bytes();
    }

    void writeTo(Fields.Writer out) {
        out.text(Optional.of(username))
                .text(sub)
                .text(match)
                .text(shown)
                .text(state.map(Category::id))
                .text(handle)
                .text(email)
                .text(displayName);
    }

    static PoolUser of(byte[] bytes) {
        return of(new Fields.Reader(bytes));
    }

    static PoolUser of(Fields.Reader in) {
        return new PoolUser(
                in.text().orElseThrow(),
                in.text(),
                in.text(),
                in.text(),
                in.text().map(Category::of),
                in.text(),
                in.text(),
                in.text());
    }
}
