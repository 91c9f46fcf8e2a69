package dev.dynacog.cli.command.table;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.table.Tables.AtStake;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Delete a table and wait until it is gone.",
        footer = {
            "",
            "Examples:",
            "  dynacog drop cruddur-messages",
            "  dynacog --env prod drop old-sessions --dry-run",
            "  dynacog --env prod drop old-sessions --confirm old-sessions"
        })
public final class DropCommand implements Callable<Integer>, Write<AtStake> {
    private final Session session;

    @Parameters(paramLabel = "TABLE", description = "Table name.")
    String table;

    @Option(names = "--if-exists", description = "Succeed if the table does not exist.")
    boolean ifExists;

    @Option(names = "--unprotect", description = "Turn off deletion protection first.")
    boolean unprotect;

    @Mixin
    GuardOptions guard;

    public DropCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.write(guard, this);
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.table(table));
    }

    @Override
    public int plan(Planned<AtStake> planned) {
        Optional<AtStake> found = session.tables().atStake(table);
        if (found.isEmpty()) {
            return absent();
        }
        if (found.get().table().deletionProtection() && !unprotect) {
            throw new DynacogException.Failed(
                    "table " + table + " has deletion protection",
                    "dynacog drop " + table + " --unprotect turns it off and deletes the table",
                    null);
        }
        return planned.go(found.get());
    }

    @Override
    public int dryRun(AtStake stake) {
        shown(stake).forEach(session.console()::tell);
        report("would drop", "Nothing was deleted (--dry-run).");
        return ExitCode.DONE;
    }

    @Override
    public int apply(AtStake stake) {
        try (Progress progress = session.console().progress("drop " + table, OptionalLong.empty())) {
            if (stake.table().deletionProtection()) {
                session.tables().unprotect(table, progress::say);
            }
            session.tables().drop(table, progress::say);
        }
        report("dropped", "");
        return ExitCode.DONE;
    }

    private int absent() {
        if (!ifExists) {
            throw new DynacogException.NotFound("there is no table " + table, "list the tables: dynacog list-tables");
        }
        report("absent", "");
        return ExitCode.DONE;
    }

    private void report(String action, String note) {
        session.output()
                .one(
                        record(action),
                        () -> List.of(Text.of(table, Tone.KEY)
                                .plus(
                                        "  " + (note.isEmpty() ? action : note),
                                        note.isEmpty() ? Tone.GOOD : Tone.PLAIN)));
    }

    private Map<String, Object> record(String action) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("table", table);
        record.put("action", action);
        return record;
    }

    @Override
    public List<Text> shown(AtStake stake) {
        List<String> goes = new ArrayList<>();
        goes.add(Quantities.of(stake.table().items(), "item", "items"));
        goes.add(Quantities.bytes(stake.table().bytes()));
        if (!stake.table().indexes().isEmpty()) {
            goes.add(Quantities.of(stake.table().indexes().size(), "index", "indexes"));
        }
        stake.table().stream().ifPresent(view -> goes.add("a stream"));
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of("drop deletes the table ")
                .plus(stake.table().name(), Tone.KEY)
                .plus(": " + String.join(", ", goes) + "."));
        if (stake.table().deletionProtection()) {
            lines.add(Text.of("It has deletion protection", Tone.ATTENTION).plus(": --unprotect turns it off first."));
        }
        lines.add(Text.of("There is no undo. ", Tone.DANGER).plus(recovery(stake)));
        return lines;
    }

    private static String recovery(AtStake stake) {
        String pointInTime = stake.pointInTimeRecovery()
                .map(on -> "Point-in-time recovery is " + (on ? "on" : "off"))
                .orElse("Whether there is point-in-time recovery is unknown");
        String backups = stake.backups()
                .map(count -> count == 0
                        ? "no backup in the last 35 days"
                        : Quantities.of(count, "backup", "backups") + " in the last 35 days")
                .orElse("backups are unknown");
        return pointInTime + "; " + backups + ".";
    }
}
