package dev.dynacog.bench;

/** The run can't go on, or would compare what can't be compared. One line says why, the hint what to do. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String hint;

    BenchException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
