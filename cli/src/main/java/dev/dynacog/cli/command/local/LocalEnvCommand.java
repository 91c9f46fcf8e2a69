package dev.dynacog.cli.command.local;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.ExportFormat;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.RunningStack;
import dev.dynacog.error.DynacogException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Print the environment variables that point other tools to the local stack.",
        description = {
            "The variables contain dummy credentials. dynacog itself finds the stack without them in"
                    + " environment 'local'."
        },
        footer = {
            "",
            "Examples:",
            "  eval \"$(dynacog local env)\"",
            "  dynacog local env --format fish | source",
            "  dynacog local env --format dotenv > .env.local",
            "  dynacog local env --format github >> \"$GITHUB_ENV\""
        })
public final class LocalEnvCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "shell",
            description = "Output format: ${COMPLETION-CANDIDATES}. Default: shell.")
    ExportFormat format = ExportFormat.SHELL;

    public LocalEnvCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> variables = RunningStack.find(session.folders())
                .map(StackView::variables)
                .orElseThrow(() -> new DynacogException.NotFound("no local stack is running", "dynacog local up"));
        format.lines(variables).forEach(line -> session.console().print(Text.of(line)));
        session.console().out().flush();
        return ExitCode.DONE;
    }
}
