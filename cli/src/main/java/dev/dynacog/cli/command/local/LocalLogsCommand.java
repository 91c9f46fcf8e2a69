package dev.dynacog.cli.command.local;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Show the logs of the local servers.",
        footer = {"", "Examples:", "  dynacog local logs", "  dynacog local logs --follow"})
public final class LocalLogsCommand implements Callable<Integer> {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Session session;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of lines to show. Default: ${DEFAULT-VALUE}.")
    int lines = 100;

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing new lines until Ctrl-C or the stack stops.")
    boolean follow;

    public LocalLogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw new DynacogException.Usage("--lines must not be below 0", "dynacog local logs --help");
        }
        Path log = new LocalFiles(session.folders()).log();
        if (!Files.exists(log)) {
            throw new DynacogException.NotFound("no log file: " + log, "start a stack: dynacog local up");
        }
        // A server may write bytes that are no UTF-8; a reader that replaces them goes on.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            lastLines(reader).forEach(line -> session.console().print(Text.of(line)));
            session.console().out().flush();
            if (follow) {
                follow(reader);
            }
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Deque<String> lastLines(BufferedReader reader) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            last.addLast(line);
            if (last.size() > lines) {
                last.removeFirst();
            }
        }
        return last;
    }

    private void follow(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean up = true;
        while (up) {
            // Looked at before reading, so that the last words of a stack are read too.
            up = RunningStack.find(session.folders()).isPresent();
            for (int unit = reader.read(); unit >= 0; unit = reader.read()) {
                if (unit == '\n') {
                    session.console().print(Text.of(line.toString()));
                    line.setLength(0);
                } else {
                    line.append((char) unit);
                }
            }
            session.console().out().flush();
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
