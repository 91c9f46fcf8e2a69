package dev.dynacog.idsync;

import java.util.Optional;

/** What a row has where the sub is to go. */
public enum OldValue {
    /** Nothing that anybody would miss. */
    PLACEHOLDER,
    /** What looks like a sub. */
    SUB,
    /** Data, perhaps of another kind altogether: an e-mail address, a name. */
    OTHER;

    private static final String MOCK = "MOCK";

    public static OldValue of(Optional<String> value) {
        String text = value.orElse("");
        if (text.isEmpty() || text.equals(MOCK)) {
            return PLACEHOLDER;
        }
        return PoolUsers.isSub(text) ? SUB : OTHER;
    }
}
