package dev.dynacog.cli.command.db;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Work in steps, each of which is told as soon as it is done. */
final class DbSteps {
    private final Session session;
    private final List<Step> steps = new ArrayList<>();

    DbSteps(Session session) {
        this.session = session;
    }

    /** One step, and what there is to say when it is done. */
    private record Step(String name, Supplier<String> work) {}

    void add(String name, Supplier<String> work) {
        steps.add(new Step(name, work));
    }

    void runAll() {
        tell(step -> {
            try (Progress progress = session.console().progress(step.name(), OptionalLong.empty())) {
                progress.say(step.name());
                return step.work().get();
            }
        });
    }

    void planAll() {
        tell(step -> "would be done (--dry-run)");
    }

    private interface Runner {
        String run(Step step);
    }

    private void tell(Runner runner) {
        if (session.output().isForPeople()) {
            session.console()
                    .print(EnvironmentLabel.of(session.environment())
                            .plus("  " + PlaceLabel.place(session.environment()), Tone.SECONDARY));
            for (Step step : steps) {
                String result = runner.run(step);
                session.console().print(DbView.step(steps.indexOf(step) + 1, steps.size(), step.name(), result));
                session.console().out().flush();
            }
            return;
        }
        try (Renderer rows = session.output().many(View.fromRecords())) {
            for (Step step : steps) {
                String result = runner.run(step);
                Map<String, String> row = new LinkedHashMap<>();
                row.put("step", step.name());
                row.put("result", result);
                rows.row(row);
                rows.endOfPage();
            }
        }
    }
}
