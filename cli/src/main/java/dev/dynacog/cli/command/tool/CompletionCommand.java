package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        header = "Print the completion script for a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(dynacog completion bash)     in ~/.bashrc",
            "  source <(dynacog completion zsh)      in ~/.zshrc",
            "  dynacog completion fish | source      in ~/.config/fish/config.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** The shells that a script can be had for. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /** As it is typed and shown. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "Shell: ${COMPLETION-CANDIDATES}.")
    Shell shell;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(resource("completion." + shell).replace("@TABLE@\n", resource("completion.table")));
        out.flush();
        return ExitCode.DONE;
    }

    /** Made beforehand, since shells ask for it when they start: describing every command takes a while. */
    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CompletionCommand.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
