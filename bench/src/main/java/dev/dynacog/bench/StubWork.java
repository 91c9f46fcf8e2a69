package dev.dynacog.bench;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Work against a stub that answers at once, so that it is the client that is measured. */
final class StubWork implements Section {
    private static final Contest.Goal SCAN = new Contest.Goal(4, 4);
    private static final Contest.Goal SEED = new Contest.Goal(5, 5);
    private static final Contest.Goal LIST = new Contest.Goal(5, 5);

    private final Grounds grounds;
    private final Consumer<String> progress;

    StubWork(Grounds grounds, Consumer<String> progress) {
        this.grounds = grounds;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public void measure(Results results) throws IOException {
        Scoreboard board = new Scoreboard("work", "per second");
        Scale scale = grounds.scale();
        try (StubAws stub = StubAws.start()) {
            run(scan(stub), scale.scannedItems(), board);
            run(seed(stub), scale.messages(), board);
            run(listUsers(stub), scale.listedUsers(), board);
        }
        results.section("Work against a stub that answers at once");
        results.say("""
                Items, messages or users a second, from the call to the end of the process, start-up included: median
                (quartiles) of %d interleaved rounds. Ratio: so many times as fast as the rival. dynacog spares the
                quota of an account of AWS; a local pool has none.""".formatted(scale.workRounds()));
        results.table(board.table());
    }

    private void run(Contest contest, int amount, Scoreboard board) throws IOException {
        board.add(contest.run(grounds.race(), grounds.scale().workRounds(), progress), new Yardstick.Rate(amount));
    }

    private Contest scan(StubAws stub) {
        String table = StubAws.table(grounds.scale().scannedItems());
        Map<String, String> variables = stub.variables();
        return Contest.of("`scan`, %,d items".formatted(grounds.scale().scannedItems()))
                .dynacog(grounds, variables, Essence.records(), "scan", table)
                .against(grounds.rivals().boto3(variables, Essence.records(), "scan.py", table), SCAN)
                .build();
    }

    private Contest seed(StubAws stub) {
        String messages = String.valueOf(grounds.scale().messages());
        Map<String, String> variables = stub.variables();
        Essence written = output -> stub.takePuts() + " messages";
        return Contest.of("`seed`, %,d messages".formatted(grounds.scale().messages()))
                .dynacog(grounds, variables, written, "seed", "--groups", "1", "--messages", messages)
                .against(grounds.rivals().boto3(variables, written, "seed.py", "cruddur-messages", messages), SEED)
                // What earlier runs put is not this one's.
                .after(stub::takePuts)
                .build();
    }

    private Contest listUsers(StubAws stub) {
        String pool = StubAws.pool(grounds.scale().listedUsers());
        Map<String, String> variables = stub.variables(pool);
        Essence users = Essence.count("\"username\":");
        return Contest.of("`cognito list-users`, %,d users"
                        .formatted(grounds.scale().listedUsers()))
                .dynacog(grounds, variables, users, "cognito", "list-users")
                .against(grounds.rivals().boto3(variables, users, "list_users.py", pool), LIST)
                .build();
    }
}
