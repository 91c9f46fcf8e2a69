package dev.dynacog.cli.command.tool;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Trust;
import dev.dynacog.error.DynacogException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Trust a repository's dynacog.yaml in its current form.",
        description = {
            "Environments in an untrusted file cannot use an AWS profile, an endpoint on another"
                    + " machine, or a variable that holds a database URL. A changed file must be trusted again."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog config trust",
            "  dynacog config trust ../app/dynacog.yaml",
            "  dynacog config trust --list",
            "  dynacog config trust --revoke"
        })
public final class ConfigTrustCommand implements Callable<Integer> {
    private static final View LIST = View.of(
            Column.left("file", row -> Text.of(String.valueOf(row.get("file")), Tone.KEY)),
            Column.left("since", row -> Text.of(String.valueOf(row.get("since")))),
            Column.left("state", row -> Text.of(String.valueOf(row.get("state")), toneOf(row))));

    private final Session session;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "File to trust. Default: this repository's.")
    @Nullable
    Path file;

    @Option(names = "--list", description = "List the trusted files.")
    boolean list;

    @Option(names = "--revoke", description = "Stop trusting the file.")
    boolean revoke;

    public ConfigTrustCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (list && (revoke || file != null)) {
            throw new DynacogException.Usage("--list takes no file and no --revoke", "dynacog config trust --help");
        }
        Trust trust = session.loader().trust();
        if (list) {
            session.output()
                    .all(
                            LIST,
                            trust.all().stream().map(ConfigTrustCommand::record).toList());
        } else if (revoke) {
            Path revoked = trust.revoke(Optional.ofNullable(file));
            session.output()
                    .one(
                            Map.of("file", revoked.toString(), "action", "revoked"),
                            () -> List.of(
                                    Text.of(revoked.toString(), Tone.KEY).plus("  no longer trusted", Tone.GOOD)));
        } else {
            Trust.Allowed allowed = trust.allow(Optional.ofNullable(file));
            session.output().one(record(allowed), () -> lines(allowed));
        }
        return ExitCode.DONE;
    }

    private static Tone toneOf(Map<String, ? extends @Nullable Object> row) {
        return "trusted".equals(row.get("state")) ? Tone.GOOD : Tone.ATTENTION;
    }

    private static Map<String, @Nullable Object> record(Trust.Entry entry) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("file", entry.file().toString());
        record.put("since", entry.since().toString());
        record.put("state", entry.state().name().toLowerCase(Locale.ROOT));
        return record;
    }

    private static Map<String, @Nullable Object> record(Trust.Allowed allowed) {
        Map<String, @Nullable Object> wants = new LinkedHashMap<>();
        allowed.wants().forEach(want -> wants.put(want.environment(), want.wants()));
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("file", allowed.file().toString());
        record.put("action", "trusted");
        record.put("wants", wants);
        return record;
    }

    private static List<Text> lines(Trust.Allowed allowed) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(allowed.file().toString(), Tone.KEY)
                .plus(allowed.wants().isEmpty() ? "  trusted; it wants nothing yet" : "  trusted", Tone.GOOD));
        for (Trust.Want want : allowed.wants()) {
            lines.add(Text.of("  " + want.environment() + "  ").plus(String.join(", ", want.wants()), Tone.SECONDARY));
        }
        return lines;
    }
}
