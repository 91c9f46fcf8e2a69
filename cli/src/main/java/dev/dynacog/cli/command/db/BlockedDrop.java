package dev.dynacog.cli.command.db;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.DatabaseSession;
import java.util.List;

/** A database that can't be dropped because somebody is connected: says who. */
final class BlockedDrop {
    private final Session session;
    private final PostgresUrl url;

    BlockedDrop(Session session, PostgresUrl url) {
        this.session = session;
        this.url = url;
    }

    /** Lists the sessions and fails; none is no hindrance. */
    void refuse(List<DatabaseSession> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        DbSessionView.lines(sessions).forEach(session.console()::tell);
        throw new DynacogException.Failed(
                "database " + url.database() + " has " + Quantities.of(sessions.size(), "open session", "open sessions")
                        + ", so it cannot be dropped",
                "use --force to end them; nothing was changed");
    }
}
