package dev.dynacog.cli.command.item;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.dynamo.item.ItemJson;
import dev.dynacog.dynamo.item.ItemScan;
import dev.dynacog.dynamo.item.ScanRequest;
import dev.dynacog.error.DynacogException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Read a whole table.",
        footer = {
            "",
            "Examples:",
            "  dynacog scan",
            "  dynacog scan cruddur-messages --limit 5",
            "  dynacog scan --filter 'user_handle = :h' --value :h=bayko -o jsonl",
            "  dynacog scan --count --filter 'visits > :n' --value ':n={\"N\":\"5\"}'"
        })
public final class ScanCommand implements Callable<Integer> {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final Session session;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "Table name. Default: the message table.")
    @Nullable
    String table;

    @Option(names = "--index", paramLabel = "NAME", description = "Index to read instead of the table.")
    @Nullable
    String index;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of items.")
    @Nullable
    Long limit;

    @Option(names = "--filter", paramLabel = "EXPRESSION", description = "Filter expression.")
    @Nullable
    String filter;

    @Option(
            names = "--value",
            paramLabel = ":v=VALUE",
            description = "Value for an expression: a string, or typed as in :v={\"N\":\"5\"}.")
    Map<String, String> values = Map.of();

    @Option(names = "--name", paramLabel = "#n=NAME", description = "Attribute name for an expression.")
    Map<String, String> names = Map.of();

    @Option(names = "--projection", paramLabel = "EXPRESSION", description = "Attributes to return.")
    @Nullable
    String projection;

    @Option(names = "--count", description = "Show only the number of items.")
    boolean count;

    @Option(names = "--typed", description = "In JSON, use DynamoDB's typed form, which distinguishes sets from lists.")
    boolean typed;

    @Option(names = "--segments", paramLabel = "N", defaultValue = "1", description = "Number of parallel segments.")
    int segments = 1;

    @Option(names = "--max-rcu", paramLabel = "N", description = "Stop after consuming this many read units.")
    @Nullable
    Double budget;

    @Option(names = "--rate", paramLabel = "N", description = "Maximum number of read units to consume per second.")
    @Nullable
    Double rate;

    @Option(names = "--allow-scan", description = "Allow a scan of the whole table in a guarded environment.")
    boolean allowed;

    public ScanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ScanRequest request = request();
        if (session.environment().isGuarded()) {
            announce(request.table());
        }
        try (ItemScan scan = new ItemScan(session.clients(), request)) {
            return count ? count(scan) : list(scan);
        }
    }

    private ScanRequest request() {
        positive("--limit", limit);
        positive("--segments", segments);
        if (segments > ScanRequest.MOST_SEGMENTS) {
            throw new DynacogException.Usage(
                    "--segments may be " + ScanRequest.MOST_SEGMENTS + " at most: each uses a connection",
                    "8 are usually enough");
        }
        positive("--max-rcu", budget);
        positive("--rate", rate);
        return new ScanRequest(
                table == null ? session.environment().messageTable().value() : table,
                Optional.ofNullable(index),
                new ScanRequest.Selection(
                        Optional.ofNullable(filter),
                        values,
                        names,
                        Optional.ofNullable(projection),
                        count,
                        typed ? ItemJson.Form.TYPED : ItemJson.Form.PLAIN),
                segments,
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
                budget == null ? OptionalDouble.empty() : OptionalDouble.of(budget),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate));
    }

    private static void positive(String option, @Nullable Number value) {
        if (value != null && !(value.doubleValue() > 0 && value.doubleValue() < Double.POSITIVE_INFINITY)) {
            throw new DynacogException.Usage(option + " must be above 0", "dynacog scan --help");
        }
    }

    /** A scan writes nothing, but it costs money and takes capacity from whoever works there. */
    private void announce(String name) {
        if (!allowed) {
            throw new DynacogException.Guarded(
                    "environment " + session.environment().name().value()
                            + " is guarded: a scan reads the whole table and is billed for it",
                    "pass --allow-scan to proceed; limit the cost with --max-rcu N");
        }
        session.tables().summary(name).ifPresent(summary -> {
            Capacity needed = Capacity.toScan(summary.bytes());
            session.console()
                    .tell(Text.of(" " + session.environment().name().value() + " ", Tone.GUARDED_ENVIRONMENT)
                            .plus("  scan reads " + name + ": " + Quantities.bytes(summary.bytes()) + ", about "
                                    + Quantities.reads(needed) + ", " + Quantities.dollars(needed))
                            .plus(" (" + Capacity.PRICED + ")", Tone.SECONDARY));
        });
    }

    private Integer list(ItemScan scan) {
        Totals totals = new Totals();
        // Where items scroll over the screen they are the progress.
        boolean watched = session.terminal().ttys().out();
        OptionalLong total = filter == null ? scan.estimatedItems() : OptionalLong.empty();
        try (Renderer renderer = session.output().many(View.fromRecords());
                Progress progress =
                        watched ? Progress.SILENT : session.console().progress("scan", total)) {
            for (Optional<ItemScan.Page> page = scan.next(); page.isPresent(); page = scan.next()) {
                totals.add(page.get());
                page.get().items().forEach(renderer::row);
                renderer.endOfPage();
                progress.advance(page.get().count());
            }
        }
        return conclude(scan, totals);
    }

    private Integer count(ItemScan scan) {
        Totals totals = new Totals();
        try (Progress progress = session.console().progress("count", OptionalLong.empty())) {
            for (Optional<ItemScan.Page> page = scan.next(); page.isPresent(); page = scan.next()) {
                totals.add(page.get());
                progress.advance(page.get().scanned());
            }
        }
        session.output()
                .one(
                        totals.record(),
                        () -> List.of(Text.of(Quantities.count(totals.count), Tone.KEY)
                                .plus(" of " + Quantities.count(totals.scanned) + " items", Tone.SECONDARY)));
        return conclude(scan, totals);
    }

    private Integer conclude(ItemScan scan, Totals totals) {
        String spent = Quantities.reads(totals.capacity);
        if (session.environment().aws().dynamodb().credentials() == Credentials.CHAIN) {
            spent += ", " + Quantities.dollars(totals.capacity) + " (" + Capacity.PRICED + ")";
        }
        String read = Quantities.of(totals.count, "item", "items")
                + (filter == null ? "" : " of " + Quantities.count(totals.scanned) + " read");
        switch (scan.end()) {
            case WHOLE -> session.console().note(read + " · " + spent);
            case LIMIT -> session.console().note(read + ", and there are more (--limit) · " + spent);
            case BUDGET -> {
                session.console().note(read + " · " + spent);
                throw new DynacogException.Incomplete(
                        "--max-rcu " + Quantities.reads(Capacity.read(budget == null ? 0 : budget))
                                + " was used up before the end of the table",
                        "raise it, or read less with --limit",
                        null);
            }
        }
        noteNumbersAsTexts();
        return ExitCode.DONE;
    }

    /** A text never equals a number, and the service says nothing of it: it finds nothing. */
    private void noteNumbersAsTexts() {
        values.forEach((name, value) -> {
            if (NUMBER.matcher(value).matches()) {
                session.console()
                        .note(name + " was compared as text; for a number: --value '" + name + "={\"N\":\"" + value
                                + "\"}'");
            }
        });
    }

    private static final class Totals {
        private long count;
        private long scanned;
        private Capacity capacity = Capacity.NONE;

        Map<String, Object> record() {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("count", count);
            record.put("scanned", scanned);
            return record;
        }

        void add(ItemScan.Page page) {
            count += page.count();
            scanned += page.scanned();
            capacity = capacity.plus(page.capacity());
        }
    }
}
