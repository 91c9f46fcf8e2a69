package dev.dynacog.local;

import org.jspecify.annotations.Nullable;

/** Why a server, or the whole stack, cannot run: one line that says what is wrong, one that says what to do. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a caller does differently. */
    public enum Kind {
        /** Asked for something that cannot be had: a wrong argument, a port that is taken. */
        USAGE,
        /** Another stack holds the state or data folder. */
        RUNNING,
        /** Anything else. */
        FAILED
    }

    private final Kind kind;
    private final String hint;

    private StackException(Kind kind, String message, String hint, @Nullable Throwable cause) {
        super(oneLine(message), cause);
        this.kind = kind;
        this.hint = oneLine(hint);
    }

    static StackException usage(String message, String hint) {
        return new StackException(Kind.USAGE, message, hint, null);
    }

    static StackException running(String message, String hint) {
        return new StackException(Kind.RUNNING, message, hint, null);
    }

    static StackException failed(String message, String hint) {
        return new StackException(Kind.FAILED, message, hint, null);
    }

    static StackException failed(String message, String hint, Throwable cause) {
        return new StackException(Kind.FAILED, message, hint, cause);
    }

    /** Tells what has no kind of its own yet; its message is all there is to say. */
    static StackException of(Throwable problem) {
        if (problem instanceof StackException known) {
            return known;
        }
        return failed(describe(problem), "'dynacog local logs' shows more", problem);
    }

    public Kind kind() {
        return kind;
    }

    public String hint() {
        return hint;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    private static String describe(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null ? name : name + ": " + problem.getMessage();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
