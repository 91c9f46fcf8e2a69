package dev.dynacog.cli.testing;

import dev.dynacog.cli.Dynacog;
import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.terminal.Terminal.Ttys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs whole commands in process. Immutable: each {@code with} gives another. */
public record Cli(Map<String, String> variables, Ttys ttys, OptionalInt columns, String input) {

    /** How a command ended, and what it said. */
    public record Run(int exit, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }
    }

    /** No terminal, no input, and none of this machine's variables. */
    public static Cli inPipe() {
        return new Cli(Map.of("HOME", "/nonexistent"), Ttys.NONE, OptionalInt.empty(), "");
    }

    public Cli with(String variable, String value) {
        Map<String, String> changed = new LinkedHashMap<>(variables);
        changed.put(variable, value);
        return new Cli(changed, ttys, columns, input);
    }

    public Cli with(Map<String, String> more) {
        Map<String, String> changed = new LinkedHashMap<>(variables);
        changed.putAll(more);
        return new Cli(changed, ttys, columns, input);
    }

    /** At a terminal of that width, where a person answers with the given input. */
    public Cli atTerminal(int width, String answers) {
        return new Cli(variables, Ttys.ALL, OptionalInt.of(width), answers);
    }

    public Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err, ttys, columns);
        int exit = Dynacog.run(terminal, variables, args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
