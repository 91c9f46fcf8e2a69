package dev.dynacog.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder from which no program can be run, as a hardened machine's /tmp or /home. Only root can mount one. */
record NoexecFolder(Path folder) implements AutoCloseable {

    static NoexecFolder mount(Path folder) throws IOException {
        Files.createDirectories(folder);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "noexec,mode=777", "tmpfs", folder.toString()))
                .describedAs("mounts are possible")
                .isZero();
        return new NoexecFolder(folder);
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", folder.toString());
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
