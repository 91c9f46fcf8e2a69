package dev.dynacog.config;

/**
 * What is wrong with a parameter of a Postgres address. The message goes on where the place stands that says so: "has an
 * unknown parameter 'foo'".
 */
final class BadParameter extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String hint;

    BadParameter(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
