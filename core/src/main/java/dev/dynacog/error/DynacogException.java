package dev.dynacog.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user is told about. The message says what went wrong, the hint what to do; each is one line. The
 * kind decides the exit code, which only the command line knows.
 */
public abstract sealed class DynacogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String hint;

    private DynacogException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do about it; empty when there is nothing to advise. */
    public String hint() {
        return hint;
    }

    /** The question was wrong: an option, a setting, a file that can't be understood. */
    public static final class Usage extends DynacogException {
        private static final long serialVersionUID = 1;

        public Usage(String message, String hint) {
            super(message, hint, null);
        }
    }

    /** A guarded environment would have been written to, and nobody confirmed it. */
    public static final class Guarded extends DynacogException {
        private static final long serialVersionUID = 1;

        public Guarded(String message, String hint) {
            super(message, hint, null);
        }
    }

    /** What was asked for isn't there. */
    public static final class NotFound extends DynacogException {
        private static final long serialVersionUID = 1;

        public NotFound(String message, String hint) {
            super(message, hint, null);
        }
    }

    /** The command of somebody else's that was to be run is no command. */
    public static final class NoCommand extends DynacogException {
        private static final long serialVersionUID = 1;

        private final boolean exists;

        private NoCommand(String message, String hint, boolean exists) {
            super(message, hint, null);
            this.exists = exists;
        }

        public static NoCommand notFound(String name) {
            return new NoCommand("command not found: " + name, "check the name and PATH", false);
        }

        public static NoCommand notExecutable(String file) {
            return new NoCommand("not executable: " + file, "make it executable: chmod +x", true);
        }

        /** Whether there is a file of that name. */
        public boolean exists() {
            return exists;
        }
    }

    /** Two things that should be the same are not, and what was asked for would hide it. */
    public static final class Different extends DynacogException {
        private static final long serialVersionUID = 1;

        public Different(String message, String hint) {
            super(message, hint, null);
        }
    }

    /** No credentials, wrong ones, or not allowed. */
    public static final class Access extends DynacogException {
        private static final long serialVersionUID = 1;

        public Access(String message, String hint, @Nullable Throwable cause) {
            super(message, hint, cause);
        }
    }

    /** Nothing answers, or not in time. */
    public static final class Unreachable extends DynacogException {
        private static final long serialVersionUID = 1;

        public Unreachable(String message, String hint, @Nullable Throwable cause) {
            super(message, hint, cause);
        }
    }

    /** Work that began and was cut short. */
    public static final class Incomplete extends DynacogException {
        private static final long serialVersionUID = 1;

        public Incomplete(String message, String hint, @Nullable Throwable cause) {
            super("incomplete: " + message, hint, cause);
        }
    }

    /** Everything else that went wrong. */
    public static final class Failed extends DynacogException {
        private static final long serialVersionUID = 1;

        public Failed(String message, String hint, @Nullable Throwable cause) {
            super(message, hint, cause);
        }

        public Failed(String message, String hint) {
            this(message, hint, null);
        }
    }
}
