package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.CostNote;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.error.DynacogException;
import dev.dynacog.seed.Fixtures;
import dev.dynacog.seed.Population;
import dev.dynacog.seed.SeedPlan;
import dev.dynacog.seed.Seeder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Write sample conversations to the message table.",
        description = {
            "A fixture is a text file of lines 'Name: text'. Without arguments, all shipped fixtures" + " are seeded.",
            "A second run changes nothing; for a changed fixture, only the differences are written."
                    + " Messages from other sources are never changed."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog seed",
            "  dynacog seed ./standup.conversation --dry-run",
            "  dynacog seed --users people.json --now 2026-01-01T00:00:00Z",
            "  dynacog seed --groups 200 --messages 500 --random-seed 7"
        })
public final class SeedCommand implements Callable<Integer> {
    /** When the last message of a generated population was, so that every run makes the same one. */
    private static final Instant POPULATION_ENDS = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MOST_GROUPS = 1_000_000;
    private static final int MOST_MESSAGES = 1_000_000;

    private final Session session;

    @Parameters(
            paramLabel = "FIXTURE",
            arity = "0..*",
            description = "Fixture files, folders, or names of shipped fixtures: workshop, lantern, edge-cases.")
    List<String> fixtures = List.of();

    @Option(names = "--restart", description = "Shift existing conversations so that they start now.")
    boolean restart;

    @Option(names = "--now", paramLabel = "TIME", description = "Time to use as 'now' in fixtures.")
    @Nullable
    String now;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "Generate random people with this many conversations instead of using fixtures.")
    @Nullable
    Integer groups;

    @Option(
            names = "--messages",
            paramLabel = "M",
            description = "Number of messages in each generated conversation. Default: 20.")
    @Nullable
    Integer messages;

    @Option(
            names = "--random-seed",
            paramLabel = "S",
            description = "Seed for generated data; the same seed gives the same data.")
    @Nullable
    Long randomSeed;

    @Mixin
    PeopleOptions people;

    @Mixin
    GuardOptions guard;

    public SeedCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean population = groups != null;
        if (population && (!fixtures.isEmpty() || restart)) {
            throw new DynacogException.Usage(
                    "--groups cannot be combined with FIXTURE or --restart", "use only one of them");
        }
        if (!population && (messages != null || randomSeed != null)) {
            throw new DynacogException.Usage("--messages and --random-seed require --groups", "add --groups N");
        }
        return population ? session.write(guard, new Populate()) : session.write(guard, new Seed());
    }

    private List<Write.Subject> messageTable() {
        return List.of(Write.Subject.table(table()));
    }

    private String table() {
        return session.environment().messageTable().value();
    }

    private Instant now(Instant otherwise) {
        return now == null ? otherwise : TimeOption.parse("--now", now, session.zone(), Instant.now());
    }

    /** What is to be written, and what writes it. */
    private record Plans(Seeder seeder, List<SeedPlan> plans) {
        int written() {
            return plans.stream().mapToInt(plan -> plan.counts().written()).sum();
        }
    }

    private final class Seed implements Write<Plans> {
        @Override
        public List<Subject> subjects() {
            return messageTable();
        }

        @Override
        public int plan(Planned<Plans> planned) {
            Seeder.Request request = new Seeder.Request(
                    requireCorrect(fixtures.isEmpty() ? Fixtures.shipped() : Fixtures.read(fixtures))
                            .fixtures(),
                    now(Instant.now()),
                    restart);
            requireTable();
            Seeder seeder = new Seeder(session.messageItems(), batches());
            List<SeedPlan> plans;
            try (Progress progress = session.console().progress("look", OptionalLong.empty())) {
                plans = seeder.plan(request, people.people(session), progress::advance);
            }
            return planned.go(new Plans(seeder, plans));
        }

        @Override
        public List<Text> shown(Plans found) {
            return lines(found.plans());
        }

        @Override
        public int dryRun(Plans found) {
            show(found.plans());
            session.console()
                    .note(Quantities.of(found.written(), "item", "items")
                            + " would be written. Nothing was (--dry-run).");
            return ExitCode.DONE;
        }

        @Override
        public int apply(Plans found) {
            int written = found.written();
            WrittenSoFar soFar = new WrittenSoFar("message was", "messages were");
            boolean changed = session.console().withLastWord(soFar::text, () -> write(found, soFar));
            show(found.plans());
            found.plans().forEach(SeedCommand.this::noteOtherGroup);
            session.console()
                    .note(
                            written == 0
                                    ? changed
                                            ? "all messages already exist; conversation lists were updated"
                                            : "everything already exists: nothing changed"
                                    : Quantities.of(written, "message", "messages") + " written to " + table());
            return ExitCode.DONE;
        }
    }

    private boolean write(Plans found, WrittenSoFar soFar) {
        boolean changed = false;
        try (Progress progress = session.console().progress("messages written", OptionalLong.of(found.written()))) {
            for (SeedPlan plan : found.plans()) {
                changed |= found.seeder().apply(plan, soFar.countedIn(progress));
            }
        }
        return changed;
    }

    /** The mistakes of all fixtures at once: who mends them wants to do it in one go. */
    private Fixtures.Read requireCorrect(Fixtures.Read read) {
        if (!read.mistakes().isEmpty()) {
            read.mistakes().forEach(mistake -> session.console().tell(Text.of(mistake)));
            throw new DynacogException.Usage(
                    Quantities.of(read.mistakes().size(), "mistake", "mistakes") + " in the fixture",
                    "nothing was written");
        }
        return read;
    }

    private void requireTable() {
        if (session.tables().summary(table()).isEmpty()) {
            throw new DynacogException.NotFound("there is no table " + table(), "create it: dynacog schema-load");
        }
        try (Progress progress = session.console().progress("table " + table(), OptionalLong.empty())) {
            session.tables().awaitActive(table(), progress::say);
        }
    }

    private BatchWriter batches() {
        return new BatchWriter(session.clients(), table());
    }

    private void show(List<SeedPlan> plans) {
        session.output()
                .all(SeedView.table(), plans.stream().map(SeedView::record).toList());
    }

    private List<Text> lines(List<SeedPlan> plans) {
        return plans.stream()
                .map(plan -> Text.of("seed writes ")
                        .plus(plan.fixture().name(), Tone.KEY)
                        .plus(": " + Quantities.of(plan.counts().written(), "message", "messages") + ", between "
                                + String.join(" and ", plan.fixture().people()) + "."))
                .toList();
    }

    private void noteOtherGroup(SeedPlan plan) {
        plan.fixture()
                .groupId()
                .filter(id -> !id.equals(plan.group().id()))
                .ifPresent(id -> session.console()
                        .note(String.join(" and ", plan.fixture().people()) + " had a group already, "
                                + plan.group().id() + ": " + plan.fixture().name() + " went there, not to " + id));
    }

    private final class Populate implements Write<Population.Request> {
        @Override
        public List<Subject> subjects() {
            return messageTable();
        }

        @Override
        public int plan(Planned<Population.Request> planned) {
            Population.Request request = new Population.Request(
                    within("--groups", groups == null ? 0 : groups, MOST_GROUPS),
                    within("--messages", messages == null ? 20 : messages, MOST_MESSAGES),
                    randomSeed == null ? 1 : randomSeed,
                    now(POPULATION_ENDS));
            if (!guard.dryRun) {
                requireTable();
            }
            return planned.go(request);
        }

        @Override
        public List<Text> shown(Population.Request request) {
            return List.of(Text.of("seed makes a population: " + size(request) + "."));
        }

        private static String size(Population.Request request) {
            return Quantities.of(request.groups(), "group", "groups") + " of "
                    + Quantities.of(request.messages(), "message", "messages") + " each, "
                    + Quantities.of(request.items(), "item", "items");
        }

        @Override
        public int dryRun(Population.Request request) {
            session.console().tell(Text.of(size(request) + " would be written unless they already exist."));
            session.console().note("Nothing was (--dry-run).");
            return ExitCode.DONE;
        }

        @Override
        public int apply(Population.Request request) {
            Population population = new Population(session.messageItems(), batches(), request);
            WrittenSoFar soFar = new WrittenSoFar("item was", "items were");
            report(
                    request,
                    session.console().withLastWord(soFar::text, () -> write(population, request.items(), soFar)));
            return ExitCode.DONE;
        }

        private Population.Written write(Population population, long items, WrittenSoFar soFar) {
            try (Progress progress = session.console().progress("items done", OptionalLong.of(items))) {
                return population.write(soFar.countedIn(progress), progress::advance);
            }
        }

        private void report(Population.Request request, Population.Written written) {
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            record.put("groups", request.groups());
            record.put("messages", (long) request.groups() * request.messages());
            record.put("new_groups", written.groups());
            record.put("same_groups", written.same());
            record.put("user_uuid", written.busiest().uuid());
            session.output()
                    .one(
                            record,
                            () -> List.of(Text.of("seeded", Tone.GOOD)
                                    .plus("  " + Quantities.count(written.groups()) + " groups new, "
                                            + Quantities.count(written.same()) + " there already")));
            session.console()
                    .note(session.hints()
                                    .complete("all of them: dynacog list-conversations "
                                            + written.busiest().uuid())
                            + " · " + CostNote.of(written.capacity(), session.environment()));
        }
    }

    private static int within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new DynacogException.Usage(option + " must be from 1 to " + Quantities.count(most), "");
        }
        return value;
    }
}
