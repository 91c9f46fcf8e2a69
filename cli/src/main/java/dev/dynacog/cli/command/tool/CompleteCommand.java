package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.LineOutput;
import dev.dynacog.cli.terminal.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What completion scripts ask when somebody presses the tab key: a line for each name, a tab and what it is. Whatever goes
 * wrong, or takes too long, there are no names and no words about it: somebody is typing.
 */
@Command(
        header = "List the names that complete a word.",
        footer = {
            "",
            "Examples:",
            "  dynacog complete tables",
            "  dynacog complete indexes -- --env local scan cruddur-messages"
        })
public final class CompleteCommand implements Callable<Integer> {
    private static final long DEADLINE_MILLIS = 1_000;
    private static final int MOST = 500;

    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
    CompletionKind kind;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD", description = "The words that were typed.")
    List<String> words = List.of();

    @Spec
    CommandSpec spec;

    public CompleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TypedWords typed = new TypedWords(words, spec.root().commandLine());
        FutureTask<List<CompletionKind.Name>> names = new FutureTask<>(() -> {
            try (Session quiet = session.quietly(typed.flags())) {
                return kind.names(quiet, typed);
            }
        });
        Thread asking = new Thread(names, "completion");
        // The run doesn't wait for an answer that is late.
        asking.setDaemon(true);
        asking.start();
        try {
            names.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .filter(name -> isPlain(name.value()))
                    .limit(MOST)
                    .forEach(this::print);
        } catch (ExecutionException | TimeoutException ignored) {
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    private void print(CompletionKind.Name name) {
        LineOutput out = session.console().out();
        byte[] line = (name.value() + "\t" + Text.of(name.description())).getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.endOfLine();
    }

    /** A name that a terminal would obey, or whose line wouldn't be one, is typed by hand if at all. */
    private static boolean isPlain(String name) {
        return !name.isEmpty() && Text.of(name).toString().equals(name);
    }
}
