package dev.dynacog.cli.command.cognito;

import dev.dynacog.aws.Caller;
import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.idsync.Audit;
import dev.dynacog.idsync.Category;
import dev.dynacog.idsync.IdSync;
import dev.dynacog.idsync.Match;
import dev.dynacog.idsync.Plan;
import dev.dynacog.idsync.Plan.Counts;
import dev.dynacog.idsync.PoolUsers;
import dev.dynacog.idsync.SyncRequest;
import dev.dynacog.idsync.TableName;
import dev.dynacog.postgres.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "Copy each Cognito user's sub into the matching Postgres row.",
        description = {
            "Reads the whole pool, compares it with the table, shows the plan and applies it in a"
                    + " single transaction.",
            "Ambiguous matches are reported and skipped. A second run changes nothing. --check and"
                    + " --dry-run need only read access, and work on replicas."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog update-cognito-user-ids --dry-run",
            "  dynacog update-cognito-user-ids --check",
            "  dynacog --env prod update-cognito-user-ids --audit changes.jsonl"
        })
public final class UpdateCognitoUserIdsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--check", description = "Write nothing; exit with code 6 if there is anything to write.")
    boolean check;

    @Option(names = "--strict", description = "Write nothing if any match is ambiguous.")
    boolean strict;

    @Option(
            names = "--match",
            paramLabel = "ATTRIBUTE=COLUMN",
            defaultValue = "preferred_username=handle",
            description = "Cognito attribute and column to match by. Default: preferred_username=handle.")
    String match = "preferred_username=handle";

    @Option(names = "--ignore-case", description = "Ignore case when matching.")
    boolean ignoreCase;

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            defaultValue = "public.users",
            description = "Table to update. Default: public.users.")
    String table = "public.users";

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "cognito_user_id",
            description = "Column to write the sub to. Default: cognito_user_id.")
    String column = "cognito_user_id";

    @Option(names = "--insert-missing", description = "Insert a row for each user found only in Cognito.")
    boolean insertMissing;

    @Option(
            names = "--include-unverified",
            description = "Include users who never confirmed their sign-up, and matches by an unverified address.")
    boolean includeUnverified;

    @Option(
            names = "--force",
            description = "Continue even if the pool is empty, has fewer than half as many users as the table has"
                    + " rows, or has none of the table's subs, or if most values in the column are not subs.")
    boolean force;

    @Option(
            names = "--max-replaced",
            paramLabel = "N",
            description = "Write nothing if more than N existing values would be replaced. Default: 0 in guarded"
                    + " environments, otherwise no limit.")
    @Nullable
    Long maxReplaced;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Commit every N rows instead of in a single transaction.")
    @Nullable
    Integer batch;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Append each change to this file before the commit, then the outcome.")
    @Nullable
    Path audit;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "CA certificate to verify the database's certificate against.")
    @Nullable
    Path authority;

    @Option(names = "--rds-iam", description = "Sign in to the database with an RDS IAM authentication token.")
    boolean rdsIam;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Maximum time to wait for locks. Default: 10.")
    int lockTimeout = 10;

    @Option(
            names = "--statement-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Maximum duration of a statement. Default: 60.")
    int statementTimeout = 60;

    @Mixin
    CognitoRate rate;

    @Mixin
    GuardOptions guard;

    public UpdateCognitoUserIdsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SyncRequest request = request();
        double pace = rate.value(session.environment());
        try (Database database = Database.of(session.environment(), connecting())) {
            return session.write(guard, new Sync(database, request, pace));
        }
    }

    private boolean writes() {
        return !check && !guard.dryRun;
    }

    /** A plan, and all that stays open until it is written. */
    private record Compared(
            UserPool pool,
            IdSync sync,
            PoolUsers users,
            Plan plan,
            Optional<Audit> audit,
            IdSyncEnd end,
            IdSyncView view) {}

    private final class Sync implements Write<Compared> {
        private final Database database;
        private final SyncRequest request;
        private final double pace;

        Sync(Database database, SyncRequest request, double pace) {
            this.database = database;
            this.request = request;
            this.pace = pace;
        }

        /** With --check it never comes to a write. */
        @Override
        public List<Subject> subjects() {
            return check ? List.of() : List.of(Subject.database(database.url()));
        }

        @Override
        public int plan(Planned<Compared> planned) {
            UserPool pool = UserPool.of(session.clients(), session.environment());
            IdSync sync = new IdSync(database, request);
            try (AuditOrNone log = new AuditOrNone(writes() ? openAudit(pool, database, request) : Optional.empty());
                    IdSyncEnd end = IdSyncEnd.of(session.console(), sync, log.audit())) {
                sync.check(writes());
                try (PoolUsers users = list(pool, pace, request);
                        Plan plan = sync.plan(PoolDoubts.requireAttribute(users, pool, request), writes());
                        IdSyncView view = new IdSyncView(
                                session.output(),
                                session.console(),
                                new IdSyncView.Place(pool.id(), database.url(), request, !writes()))) {
                    view.plan(plan);
                    Counts counts = plan.counts();
                    requireSound(counts);
                    if (check) {
                        view.notWritten("--check");
                        return counts.changes() > 0 ? ExitCode.DIFFERENCES : ExitCode.DONE;
                    }
                    if (!guard.dryRun && counts.changes() == 0) {
                        view.nothingToDo();
                        return ExitCode.DONE;
                    }
                    return planned.go(new Compared(pool, sync, users, plan, log.audit(), end, view));
                }
            }
        }

        @Override
        public List<Text> shown(Compared found) {
            return warning(found.plan().counts(), found.pool(), database);
        }

        @Override
        public int dryRun(Compared found) {
            found.view().notWritten("--dry-run");
            return ExitCode.DONE;
        }

        @Override
        public int apply(Compared found) {
            found.view()
                    .written(found.end()
                            .unlessEnding(
                                    () -> found.sync().apply(found.users(), found.plan(), batchSize(), found.audit())));
            return ExitCode.DONE;
        }
    }

    /** Where an audit was asked for, it is open before anything else is done. */
    private record AuditOrNone(Optional<Audit> audit) implements AutoCloseable {
        @Override
        public void close() {
            audit.ifPresent(Audit::close);
        }
    }

    private Optional<Audit> openAudit(UserPool pool, Database database, SyncRequest request) {
        if (audit == null) {
            return Optional.empty();
        }
        return Optional.of(Audit.open(
                audit,
                Audit.Context.of(
                        System.getProperty("user.name", ""),
                        Caller.find(session.clients(), session.environment()),
                        pool.id(),
                        database.url(),
                        request)));
    }

    private OptionalInt batchSize() {
        return batch == null ? OptionalInt.empty() : OptionalInt.of(batch);
    }

    /** Refuses what must not be written, whoever confirms it. */
    private void requireSound(Counts counts) {
        PoolDoubts doubts = new PoolDoubts(counts);
        if (!guard.dryRun || check) {
            refuseDoubtfulPool(doubts);
        }
        if (!insertMissing) {
            doubts.requireMatch(match);
        }
        if (strict && counts.ambiguous() > 0) {
            throw new DynacogException.Failed(
                    "--strict: " + Quantities.of(counts.ambiguous(), "user is", "users are")
                            + " ambiguous; 0 rows were changed",
                    "resolve them in Cognito or Postgres, or remove --strict");
        }
    }

    private void refuseDoubtfulPool(PoolDoubts doubts) {
        if (!force) {
            doubts.requireColumnOfSubs(column, "pass --force to proceed");
            doubts.requireCommonUsers("pass --force to proceed");
        }
        if (maxReplaced != null || session.environment().isGuarded()) {
            doubts.requireReplacedAtMost(maxReplaced == null ? 0 : maxReplaced);
        }
    }

    private PoolUsers list(UserPool pool, double pace, SyncRequest request) {
        OptionalLong estimate = session.terminal().ttys().err() ? pool.estimate() : OptionalLong.empty();
        try (Progress progress = session.console().progress("users", estimate)) {
            return PoolUsers.list(pool, pace, request, progress::advance);
        }
    }

    private List<Text> warning(Counts counts, UserPool pool, Database database) {
        return List.of(
                Text.of("update-cognito-user-ids writes the subs of pool " + pool.id() + " into " + table + " in "
                        + database.url().database() + " on " + database.url().hostList() + ": "
                        + Quantities.of(counts.of(Category.TO_UPDATE), "row", "rows") + " changed, "
                        + (counts.replaced() == 0
                                ? ""
                                : Quantities.count(counts.replaced())
                                        + (counts.replacedData() == 0
                                                ? " of them with another sub before, "
                                                : " of them with another value before, "))
                        + Quantities.count(counts.of(Category.TO_INSERT)) + " added."));
    }

    private Database.Connecting connecting() {
        return new Database.Connecting(
                Optional.ofNullable(authority),
                rdsIam ? Optional.of(this::token) : Optional.empty(),
                session.console()::note);
    }

    private String token(PostgresUrl url) {
        PostgresUrl.Host host = url.hosts().get(0);
        return session.clients()
                .rdsToken(
                        host.name(),
                        host.port(),
                        url.user()
                                .orElseThrow(() -> new DynacogException.Usage(
                                        "--rds-iam needs a user, and the address of the database names none",
                                        "postgresql://user@host:5432/database")));
    }

    private SyncRequest request() {
        if (batch != null && batch <= 0) {
            throw new DynacogException.Usage("--batch must be above 0", "it is a number of rows");
        }
        if (maxReplaced != null && maxReplaced < 0) {
            throw new DynacogException.Usage("--max-replaced must not be below 0", "it is a number of rows");
        }
        return new SyncRequest(
                Match.parse(match),
                TableName.parse(table),
                column,
                ignoreCase,
                insertMissing,
                includeUnverified,
                Duration.ofSeconds(lockTimeout),
                Duration.ofSeconds(statementTimeout));
    }
}
