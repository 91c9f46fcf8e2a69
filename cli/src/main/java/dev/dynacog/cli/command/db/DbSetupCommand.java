package dev.dynacog.cli.command.db;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.cognito.PoolDoubts;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.table.TableSchema;
import dev.dynacog.idsync.IdSync;
import dev.dynacog.idsync.Plan;
import dev.dynacog.idsync.PoolUsers;
import dev.dynacog.idsync.SyncRequest;
import dev.dynacog.postgres.AppSchema;
import dev.dynacog.postgres.DatabaseServer;
import dev.dynacog.postgres.DatabaseServer.AtStake;
import dev.dynacog.postgres.MigrationFolder;
import dev.dynacog.postgres.Migrations;
import dev.dynacog.postgres.Migrations.Order;
import dev.dynacog.postgres.ScriptRunner;
import dev.dynacog.postgres.ScriptRunner.Ran;
import dev.dynacog.postgres.SqlScript;
import dev.dynacog.postgres.Users;
import dev.dynacog.seed.Fixtures;
import dev.dynacog.seed.Seeder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Rebuild everything: drop, create, schema, migrations, people and conversations.",
        description = {
            "Reads all files, checks both servers and confirms the drop before changing anything. In"
                    + " a guarded environment, confirm both the database and the table name."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog db setup",
            "  dynacog db setup --force --dir db/migrations",
            "  dynacog --env staging db setup --confirm cruddur --confirm cruddur-messages"
        })
public final class DbSetupCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--force", description = "End sessions that block the drop.")
    boolean force;

    @Mixin
    MigrationOptions migrations;

    @Mixin
    GuardOptions guard;

    public DbSetupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PostgresUrl url = session.database().url();
        MigrationFolder folder = migrations.folder();
        SqlScript seed = AppSchema.shippedSeed();
        TableSchema table = TableSchema.ofMessages()
                .named(session.environment().messageTable().value());
        return session.write(guard, new Setup(url, folder, seed, table));
    }

    /** The steps, and what they take and make. */
    private record Found(DbSteps steps, List<Text> lines) {}

    private final class Setup implements Write<Found> {
        private final PostgresUrl url;
        private final MigrationFolder folder;
        private final SqlScript seed;
        private final TableSchema table;

        Setup(PostgresUrl url, MigrationFolder folder, SqlScript seed, TableSchema table) {
            this.url = url;
            this.folder = folder;
            this.seed = seed;
            this.table = table;
        }

        @Override
        public List<Subject> subjects() {
            return List.of(Subject.database(url), Subject.table(table.tableName()));
        }

        @Override
        public int plan(Planned<Found> planned) {
            try (DatabaseServer server = new DatabaseServer(session.database())) {
                Optional<AtStake> stake = server.atStake();
                askPool();
                boolean hasTable = session.tables().schema(table.tableName()).isPresent();
                if (!force) {
                    new BlockedDrop(session, url)
                            .refuse(stake.map(AtStake::sessions).orElse(List.of()));
                }
                return planned.go(new Found(steps(server), DbSetupCommand.plan(url, stake, table, hasTable)));
            }
        }

        private DbSteps steps(DatabaseServer server) {
            DbSteps steps = new DbSteps(session);
            steps.add("drop", () -> drop(server, url));
            steps.add("create", () -> create(server, url));
            steps.add("schema", DbSetupCommand.this::schema);
            steps.add("migrations", () -> migrate(folder));
            steps.add("seed", () -> seed(seed));
            steps.add("message table", () -> messageTable(table));
            steps.add("conversations", () -> conversations(table));
            steps.add("cognito ids", DbSetupCommand.this::cognitoIds);
            return steps;
        }

        @Override
        public List<Text> shown(Found found) {
            return found.lines();
        }

        @Override
        public int dryRun(Found found) {
            found.lines().forEach(session.console()::tell);
            found.steps().planAll();
            return ExitCode.DONE;
        }

        @Override
        public int apply(Found found) {
            found.steps().runAll();
            return ExitCode.DONE;
        }
    }

    private static List<Text> plan(PostgresUrl url, Optional<AtStake> stake, TableSchema table, boolean hasTable) {
        List<Text> lines = new ArrayList<>(stake.map(found -> DbView.dropPlan("db setup", found))
                .orElse(List.of(Text.of("db setup makes the database ")
                        .plus(url.database(), Tone.KEY)
                        .plus("."))));
        lines.add(Text.of("The table ")
                .plus(table.tableName(), Tone.KEY)
                .plus(hasTable ? " stays, with what is in it." : " is made."));
        return lines;
    }

    private String drop(DatabaseServer server, PostgresUrl url) {
        DatabaseServer.Drop drop = server.drop(force);
        if (drop instanceof DatabaseServer.Drop.Held held) {
            new BlockedDrop(session, url).refuse(held.sessions());
        }
        return drop instanceof DatabaseServer.Drop.Absent
                ? url.database() + " was not there"
                : url.database() + " dropped";
    }

    private static String create(DatabaseServer server, PostgresUrl url) {
        server.create();
        return url.database() + " on " + url.hostList();
    }

    private String schema() {
        AppSchema schema = new AppSchema(session.database(), MigrationFolder.shipped());
        SqlScript script = AppSchema.shipped();
        Ran ran = schema.load(script, ScriptRunner.Listener.notices(session.console()::note));
        return Quantities.of(ran.statements(), "statement", "statements") + ", contains "
                + Quantities.of(schema.contained(script).size(), "migration", "migrations");
    }

    private String migrate(MigrationFolder folder) {
        int count = new Migrations(session.database(), folder)
                .migrate(Order.STRICT, Migrations.Listener.saying(session.console()::note));
        return count == 0 ? "none beyond the schema" : Quantities.of(count, "migration", "migrations") + " run";
    }

    private String seed(SqlScript seed) {
        Ran ran =
                new ScriptRunner(session.database()).run(seed, ScriptRunner.Listener.notices(session.console()::note));
        return DbView.rows(ran.rows()) + ", " + Quantities.of(session.database().countUsers(), "person", "people");
    }

    private String messageTable(TableSchema table) {
        boolean absent = session.tables().schema(table.tableName()).isEmpty();
        if (absent) {
            session.tables().create(table);
        }
        session.tables().awaitActive(table.tableName(), message -> {});
        return table.tableName() + (absent ? " made" : " is there");
    }

    private String conversations(TableSchema table) {
        Seeder.Summary seeded = new Seeder(
                        session.messageItems(), new BatchWriter(session.clients(), table.tableName()))
                .seed(
                        new Seeder.Request(Fixtures.shipped().fixtures(), Instant.now(), false),
                        new Users(session.database()),
                        count -> {});
        return Quantities.of(seeded.conversations(), "conversation", "conversations") + ", "
                + Quantities.of(seeded.written(), "message", "messages") + " written";
    }

    /** A pool that doesn't answer is to be known before anything is dropped. */
    private void askPool() {
        if (session.environment().aws().userPoolId().isPresent()) {
            UserPool.of(session.clients(), session.environment()).summary();
        }
    }

    private String cognitoIds() {
        if (session.environment().aws().userPoolId().isEmpty()) {
            return "left out: no user pool is set";
        }
        UserPool pool = UserPool.of(session.clients(), session.environment());
        SyncRequest request = SyncRequest.usual();
        IdSync sync = new IdSync(session.database(), request);
        double rate = UserQuery.usualRate(session.environment().aws().cognito());
        try (PoolUsers users = PoolUsers.list(pool, rate, request, listed -> {});
                Plan plan = sync.plan(PoolDoubts.requireAttribute(users, pool, request), true)) {
            PoolDoubts doubts = new PoolDoubts(plan.counts());
            doubts.requireCommonUsers("the rest is set up; continue with: dynacog update-cognito-user-ids --force");
            if (session.environment().isGuarded()) {
                doubts.requireReplacedAtMost(0);
            }
            doubts.requireMatch(request.match().toString());
            IdSync.Written written = sync.apply(users, plan, OptionalInt.empty(), Optional.empty());
            return Quantities.of(written.updated(), "row", "rows") + " of "
                    + Quantities.of(users.count(), "user", "users") + " in " + pool.id();
        }
    }
}
