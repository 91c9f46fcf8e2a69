package dev.dynacog.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands that can be interrupted, as from a terminal. Whoever runs the tests behind an ampersand in a script has SIGINT
 * ignored; every child inherits that, and a JVM that finds it so leaves it so.
 */
public final class Interruptible {
    private static final int SIGINT_IN_MASK = 1 << 1;

    private static final List<List<String>> WAYS = List.of(
            List.of("/usr/bin/env", "--default-signal=INT"),
            List.of("/usr/bin/perl", "-e", "$SIG{INT} = 'DEFAULT'; exec {$ARGV[0]} @ARGV or exit 127", "--"));

    private Interruptible() {}

    /** The same command, in the same process; unchanged where SIGINT works or nothing here can make it work. */
    public static List<String> command(List<String> command) {
        if (!isIgnored()) {
            return command;
        }
        List<String> restoring = new ArrayList<>(
                WAYS.stream().filter(Interruptible::works).findFirst().orElse(List.of()));
        restoring.addAll(command);
        return restoring;
    }

    private static boolean isIgnored() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_IN_MASK) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean works(List<String> way) {
        List<String> nothing = new ArrayList<>(way);
        nothing.add("true");
        try {
            return new ProcessBuilder(nothing).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
