package dev.dynacog.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who is connected to the database. What the server tells only to the session's own user, or to an
 * administrator, may be missing.
 *
 * @param client the address it comes from; nothing for a local socket
 * @param since when its state began
 * @param query what it runs, or ran last
 */
public record DatabaseSession(
        int pid,
        String user,
        Optional<String> client,
        String application,
        Optional<String> state,
        Optional<Instant> since,
        Optional<String> query) {}
