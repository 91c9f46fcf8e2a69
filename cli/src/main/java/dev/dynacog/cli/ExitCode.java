package dev.dynacog.cli;

/** What a script learns from how a command ended. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int ACCESS = 4;
    public static final int UNREACHABLE = 5;
    public static final int DIFFERENCES = 6;
    /** As a shell says that a command's file can't be run. */
    public static final int NOT_EXECUTABLE = 126;
    /** As a shell says that there is no such command. */
    public static final int NO_COMMAND = 127;
    /** As a program ends that the system stops because nobody reads its output. */
    public static final int READER_GONE = 141;

    private ExitCode() {}
}
