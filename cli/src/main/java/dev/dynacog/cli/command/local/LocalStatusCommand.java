package dev.dynacog.cli.command.local;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.RunningStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        header = "Show whether the local stack is running, and its addresses.",
        description = "Exit code 3 means that the stack is not running.",
        footer = {"", "Examples:", "  dynacog local status", "  dynacog local status -o json --query variables"})
public final class LocalStatusCommand implements Callable<Integer> {
    private final Session session;

    public LocalStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<RunningStack> stack = RunningStack.find(session.folders());
        if (stack.isEmpty()) {
            session.output()
                    .one(
                            Map.of("status", "down"),
                            () -> List.of(Text.of("No local stack is running. Start one: dynacog local up")));
            return ExitCode.NOT_FOUND;
        }
        session.output().one(StackView.record(stack.get()), () -> page(stack.get()));
        return ExitCode.DONE;
    }

    private List<Text> page(RunningStack stack) {
        List<Text> lines = new ArrayList<>(StackView.endpoints(stack));
        lines.addAll(StackView.life(stack, session.times()));
        return lines;
    }
}
