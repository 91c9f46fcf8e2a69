package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        header = "Show each setting with its value and source. Secrets are masked.",
        footer = {"", "Examples:", "  dynacog config show", "  dynacog --env prod config show"})
public final class ConfigShowCommand implements Callable<Integer> {
    private static final View VIEW = View.of(
            Column.left("setting", row -> Text.of(String.valueOf(row.get("setting")), Tone.KEY)),
            Column.left(
                    "value",
                    row -> row.get("value") == null
                            ? Text.of("—", Tone.SECONDARY)
                            : Text.of(String.valueOf(row.get("value")))),
            Column.left("from", row -> Text.of(String.valueOf(row.get("from")), Tone.SECONDARY)));

    private final Session session;

    ConfigShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.output()
                .all(
                        VIEW,
                        Stream.concat(session.settings().shown().stream(), session.preferences().shown().stream())
                                .map(ConfigShowCommand::record)
                                .toList());
        return ExitCode.DONE;
    }

    private static Map<String, @Nullable Object> record(Settings.Shown shown) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("setting", shown.key());
        record.put("value", shown.value().orElse(null));
        record.put("from", shown.origin());
        return record;
    }
}
