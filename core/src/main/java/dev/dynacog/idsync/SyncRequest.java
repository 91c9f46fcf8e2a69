package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import java.time.Duration;

/**
 * How the users of a pool and the rows of a table belong together, and how far a sync may go.
 *
 * @param idColumn the column that takes the sub
 * @param lockTimeout how long to wait for locks that others hold
 * @param statementTimeout how long one statement may take
 */
public record SyncRequest(
        Match match,
        TableName table,
        String idColumn,
        boolean ignoreCase,
        boolean insertMissing,
        boolean includeUnverified,
        Duration lockTimeout,
        Duration statementTimeout) {
    public SyncRequest {
        if (match.column().equals(idColumn)) {
            throw new DynacogException.Usage(
                    "--column " + idColumn + " is the column used by --match, and cannot hold the sub",
                    "name two columns: --match preferred_username=handle --column cognito_user_id");
        }
        if (!isAboveZero(lockTimeout) || !isAboveZero(statementTimeout)) {
            throw new DynacogException.Usage("a timeout must be above 0", "it is a number of seconds");
        }
    }

    private static boolean isAboveZero(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** Handles into {@code public.users}, as the app has them, and nothing that is doubtful. */
    public static SyncRequest usual() {
        return new SyncRequest(
                new Match("preferred_username", "handle"),
                TableName.parse("public.users"),
                "cognito_user_id",
                false,
                false,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }
}
