package dev.dynacog.postgres;

/**
 * One statement of a script, without the semicolon that ends it.
 *
 * @param line where in the file it begins, from 1
 */
public record SqlStatement(String text, int line) {
    private static final int SHOWN = 100;

    /** The statement on one line, and not all of it when it is long. */
    public String shown() {
        String flat = text.replaceAll("\\s+", " ");
        if (flat.codePointCount(0, flat.length()) <= SHOWN) {
            return flat;
        }
        return flat.substring(0, flat.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }

    /**
     * The line of the file that a place in the statement is on.
     *
     * @param position as Postgres counts: characters, from 1; anything below means that it named no place
     */
    int lineAt(int position) {
        if (position < 1) {
            return line;
        }
        int characters = Math.min(position - 1, text.codePointCount(0, text.length()));
        int end = text.offsetByCodePoints(0, characters);
        return line
                + (int) text.substring(0, end)
                        .chars()
                        .filter(unit -> unit == '\n')
                        .count();
    }
}
