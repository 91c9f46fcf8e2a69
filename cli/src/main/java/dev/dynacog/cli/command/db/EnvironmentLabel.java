package dev.dynacog.cli.command.db;

import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Environment;

/** The environment's name as it stands first wherever something is written. */
public final class EnvironmentLabel {
    private EnvironmentLabel() {}

    public static Text of(Environment environment) {
        String name = environment.name().value();
        if (environment.isGuarded()) {
            return Text.of(" " + name + " ", Tone.GUARDED_ENVIRONMENT);
        }
        return Text.of(name, environment.isLocal() ? Tone.LOCAL_ENVIRONMENT : Tone.OTHER_ENVIRONMENT);
    }
}
