package dev.dynacog.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A small shell that stops Postgres when the pipe from this JVM closes. The system closes it however the JVM ends, so
 * the orderly end and kill -9 go the same way.
 */
final class Watchdog implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /*
     * $1 cluster, $2 signal for the postmaster, $3 folder to delete afterwards or nothing.
     * Terminal signals reach the whole process group and are not meant for it. A number in postmaster.pid may be
     * another process's by now, hence the look at its command; a zombie has none. A postmaster that is being started
     * writes its file a moment later, so in that phase an absent file is waited for.
     */
    private static final String SCRIPT = """
            trap '' INT HUP TERM QUIT
            cluster=$1 signal=$2 scratch=$3 phase=idle
            while read -r line; do phase=$line; done

            find_postmaster() {
              { read -r pid < "$cluster/postmaster.pid"; } 2> /dev/null || return 1
              case $pid in '' | *[!0-9]*) return 1 ;; esac
              if [ -r "/proc/$pid/cmdline" ]; then
                command=$(tr '\\0' ' ' < "/proc/$pid/cmdline") 2> /dev/null
              else
                command=$(ps -ww -o command= -p "$pid" 2> /dev/null)
              fi
              case $command in *"$cluster"*) return 0 ;; esac
              return 1
            }

            stop_with() {
              kill "-$1" "$pid" 2> /dev/null
              rounds=$2
              while find_postmaster; do
                rounds=$((rounds - 1))
                [ "$rounds" -gt 0 ] || return 1
                sleep 0.05
              done
            }

            rounds=0
            [ "$phase" != starting ] || rounds=60
            until find_postmaster; do
              rounds=$((rounds - 1))
              [ "$rounds" -gt 0 ] || break
              sleep 0.05
            done
            if find_postmaster; then
              stop_with "$signal" 600 || stop_with QUIT 100 || stop_with KILL 100
            fi

            if [ -n "$scratch" ]; then
              rounds=40
              while rm -rf "$scratch" 2> /dev/null; [ -e "$scratch" ] || [ "$phase" = creating ]; do
                rounds=$((rounds - 1))
                [ "$rounds" -gt 0 ] || break
                sleep 0.05
              done
            fi
            """;

    /** What the JVM is doing, which decides what may be found when it is gone. */
    enum Phase {
        CREATING,
        STARTING,
        RUNNING
    }

    private final Duty duty;
    private final Process shell;

    private Watchdog(Duty duty, Process shell) {
        this.duty = duty;
        this.shell = shell;
    }

    private record Duty(Path cluster, String signal, Optional<Path> scratch, Redirect log) {}

    /** Watches over data that is kept: Postgres writes everything down before it ends. */
    static Watchdog overKept(Path cluster, Redirect log) {
        return start(new Duty(cluster, "INT", Optional.empty(), log));
    }

    /** Watches over data that is not: Postgres drops everything, and the folder goes too. */
    static Watchdog overScratch(Path cluster, Path scratch, Redirect log) {
        return start(new Duty(cluster, "QUIT", Optional.of(scratch), log));
    }

    void enter(Phase phase) {
        try {
            OutputStream pipe = shell.getOutputStream();
            pipe.write((phase.name().toLowerCase(java.util.Locale.ROOT) + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException killed) {
            // close() sees to it.
        }
    }

    /** Stops Postgres, and returns when it has stopped. */
    @Override
    public void close() {
        if (!shell.isAlive()) {
            // Somebody killed it; another does what it would have done.
            start(duty).release();
            return;
        }
        release();
    }

    private static Watchdog start(Duty duty) {
        try {
            Process shell = BareEnvironment.of(new ProcessBuilder(
                            "sh",
                            "-c",
                            SCRIPT,
                            "dynacog-watchdog",
                            duty.cluster().toString(),
                            duty.signal(),
                            duty.scratch().map(Path::toString).orElse("")))
                    .redirectOutput(duty.log())
                    .redirectError(duty.log())
                    .start();
            return new Watchdog(duty, shell);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void release() {
        try {
            shell.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // It has what it waits for.
        }
        boolean interrupted = false;
        try {
            shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
