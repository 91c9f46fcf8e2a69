package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEnvTest {
    @Test
    void withoutAStackNothingIsPrintedThatAShellWouldTakeForVariables(@TempDir Path empty) {
        Cli.Run run = Cli.inPipe().with("XDG_STATE_HOME", empty.toString()).run("local", "env");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no local stack is running", "dynacog local up");
    }

    @Test
    void anUnknownFormatIsAnsweredWithTheKnownOnes() {
        Cli.Run run = Cli.inPipe().run("local", "env", "--format", "powershell");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("shell, fish, dotenv, github or json");
    }
}
