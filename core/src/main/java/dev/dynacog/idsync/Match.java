package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;

/**
 * What users and rows belong together by.
 *
 * @param attribute the user's attribute; {@code username} is the user name
 * @param column the column that has the same
 */
public record Match(String attribute, String column) {
    /** As people write it: ATTRIBUTE=COLUMN. */
    public static Match parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new DynacogException.Usage(
                    "--match '" + text + "' is not ATTRIBUTE=COLUMN", "for example --match email=email");
        }
        return new Match(text.substring(0, equals), text.substring(equals + 1));
    }

    @Override
    public String toString() {
        return attribute + "=" + column;
    }
}
