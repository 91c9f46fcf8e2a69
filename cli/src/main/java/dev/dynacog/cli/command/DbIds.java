package dev.dynacog.cli.command;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.postgres.CognitoIdSync;
import dev.dynacog.postgres.CognitoIdSyncRequest;
import dev.dynacog.postgres.CognitoIdSyncTable;
import dev.dynacog.postgres.CognitoIdSyncUsers;
import java.time.Duration;
import java.util.Optional;

/** The subs of the environment's pool for a database that has just been seeded: what update-cognito-user-ids does. */
final class DbIds {
    private static final CognitoIdSyncRequest USUAL = new CognitoIdSyncRequest(
            "preferred_username",
            "handle",
            CognitoIdSyncTable.parse("public.users"),
            "cognito_user_id",
            false,
            false,
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    private final Session session;
    private final UserPool pool;

    private DbIds(Session session, UserPool pool) {
        this.session = session;
        this.pool = pool;
    }

    /** Nothing where no pool is set. Asks the pool, so that one that doesn't answer is known before anything is done. */
    static Optional<DbIds> of(Session session) {
        return session.environment().aws().userPoolId().map(any -> {
            UserPool pool = UserPool.of(session.clients(), session.environment());
            pool.summary();
            return new DbIds(session, pool);
        });
    }

    String write() {
        CognitoIdSync sync = new CognitoIdSync(session.database(), USUAL);
        try (CognitoIdSyncUsers users = CognitoIdSyncUsers.list(pool, UserQuery.USUAL_RATE, USUAL, count -> {});
                var plan = sync.plan(users)) {
            long written = plan.counts().changes() == 0
                    ? 0
                    : sync.apply(users, plan, Optional.empty()).updated();
            return Quantities.of(written, "id", "ids") + " written, from pool " + pool.id();
        }
    }
}
