package dev.dynacog.cli;

import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.LineOutput;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.error.DynacogException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ParameterException;

/** The one place where a failure becomes a message, a hint and an exit code. */
final class FailureHandler {
    /** A service's answer, or an argument, may be in a message, and it is as long as it likes. */
    private static final int LONGEST = 2_000;

    private FailureHandler() {}

    /**
     * Tells what went wrong.
     *
     * @param completing makes a hint's commands those of the environment that the call was about
     */
    static int handle(Throwable thrown, Console console, UnaryOperator<String> completing, boolean debug) {
        if (thrown instanceof LineOutput.ReaderGone) {
            return ExitCode.READER_GONE;
        }
        Throwable failure = understand(thrown);
        if (failure instanceof ParameterException usage) {
            UsageMistake mistake = UsageMistake.of(usage);
            tell(console, cut(mistake.message()), mistake.hint());
        } else if (failure instanceof DynacogException known) {
            tell(console, firstLine(known), completing.apply(known.hint()));
        } else if (failure instanceof StackOverflowError) {
            tell(
                    console,
                    "the input or response is nested too deeply",
                    "reduce the nesting; run again with --debug for details");
        } else if (failure instanceof OutOfMemoryError) {
            tell(
                    console,
                    "out of memory: " + firstLine(failure),
                    "reduce the amount of data, or give Java more memory: DYNACOG_JAVA_OPTS=-Xmx2g");
        } else if (failure instanceof LineOutput.Unwritable) {
            tell(console, "cannot write to standard output: " + firstLine(failure), "");
        } else if (failure instanceof UncheckedIOException io) {
            tell(
                    console,
                    "reading or writing failed: " + reason(io.getCause() == null ? io : io.getCause()),
                    debug ? "" : "run again with --debug for details");
        } else {
            tell(
                    console,
                    "internal error: " + (failure.getMessage() == null ? "it has no message" : firstLine(failure)),
                    "this is a bug in dynacog: " + (debug ? "report it" : "run again with --debug and report it"));
        }
        if (debug) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            console.tellAll(trace.toString());
        }
        return exitCode(failure);
    }

    /** Of a file that isn't there, or may not be opened, Java says no more than its name. */
    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no " + firstLine(failure);
        }
        if (failure instanceof AccessDeniedException) {
            return "no access to " + firstLine(failure);
        }
        return firstLine(failure);
    }

    private static Throwable understand(Throwable thrown) {
        // picocli wraps what a converter of an option throws.
        Throwable failure = thrown instanceof ParameterException && thrown.getCause() instanceof DynacogException known
                ? known
                : thrown;
        return FailureTranslator.translate(failure).<Throwable>map(told -> told).orElse(failure);
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof ParameterException
                || failure instanceof DynacogException.Usage
                || failure instanceof DynacogException.Guarded) {
            return ExitCode.USAGE;
        }
        if (failure instanceof DynacogException.NotFound) {
            return ExitCode.NOT_FOUND;
        }
        if (failure instanceof DynacogException.Different) {
            return ExitCode.DIFFERENCES;
        }
        if (failure instanceof DynacogException.Access) {
            return ExitCode.ACCESS;
        }
        if (failure instanceof DynacogException.NoCommand command) {
            return command.exists() ? ExitCode.NOT_EXECUTABLE : ExitCode.NO_COMMAND;
        }
        return failure instanceof DynacogException.Unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }

    private static void tell(Console console, String message, String hint) {
        console.tell(Text.of("error", Tone.DANGER).plus("  " + message));
        if (!hint.isEmpty()) {
            console.tell(Text.of("hint ", Tone.SECONDARY).plus("  " + hint));
        }
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return cut(end < 0 ? message : message.substring(0, end));
    }

    private static String cut(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
