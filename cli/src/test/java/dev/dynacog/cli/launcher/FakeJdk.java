package dev.dynacog.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JDK whose {@code java} writes down how it was called, and in place of a class archive makes a file of a few bytes as
 * soon as it may. What the launcher does is seen faster and closer with it than with a JVM.
 */
record FakeJdk(Path home) {
    static final String TRAINING = "dev.dynacog.cli.training.Training";

    static FakeJdk make(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"nobody\"\nJAVA_RUNTIME_VERSION=\"" + version + "+1\"\nJAVA_VERSION=\"" + version
                        + "\"\nMODULES=\"java.base\"\n");
        script(home.resolve("bin/java"), """
                #!/bin/sh
                here=${0%/bin/java}
                archive=
                for argument; do
                  case $argument in
                    -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;;
                  esac
                done
                # One write, so that calls at the same time don't mix.
                printf '%s\\n' "$(printf '%s|' "$@")" >>"$here/calls"
                if [ -n "$archive" ]; then
                  while [ -e "$here/hold" ]; do sleep 0.05; done
                  [ ! -e "$here/fail" ] || exit 1
                  echo archive >"$archive"
                fi
                """);
        return new FakeJdk(home);
    }

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
    }

    /** Trainings don't end before {@link #release}. */
    void hold() throws IOException {
        Files.writeString(home.resolve("hold"), "");
    }

    void release() throws IOException {
        Files.deleteIfExists(home.resolve("hold"));
    }

    /** Trainings fail from now on. */
    void fail() throws IOException {
        Files.writeString(home.resolve("fail"), "");
    }

    /** Its calls so far, each with its arguments, which end with a bar. */
    List<String> calls() {
        return Run.text(home.resolve("calls")).lines().toList();
    }

    long trainings() {
        return calls().stream().filter(call -> call.contains(TRAINING)).count();
    }

    /** The arguments of the last call that were meant for dynacog. */
    String arguments() {
        String last = Run.text(home.resolve("calls"));
        String main = "|dev.dynacog.cli.Dynacog|";
        return last.substring(last.lastIndexOf(main) + main.length());
    }
}
