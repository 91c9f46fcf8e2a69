package dev.dynacog.idsync;

import java.time.Duration;

/**
 * How the users of a pool and the rows of a table belong together, and how far a sync may go.
 *
 * @param attribute the user's attribute that is matched; {@code username} is the user name
 * @param column the column that it is matched with
 * @param idColumn the column that takes the sub
 * @param lockTimeout how long to wait for locks that others hold
 * @param statementTimeout how long one statement may take
 */
public record SyncRequest(
        String attribute,
        String column,
        TableName table,
        String idColumn,
        boolean ignoreCase,
        boolean insertMissing,
        boolean includeUnverified,
        Duration lockTimeout,
        Duration statementTimeout) {

    /** Handles into {@code public.users}, as the app has them, and nothing that is doubtful. */
    public static SyncRequest usual() {
        return new SyncRequest(
                "preferred_username",
                "handle",
                TableName.parse("public.users"),
                "cognito_user_id",
                false,
                false,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }
}
