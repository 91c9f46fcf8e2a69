package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.error.DynacogException;
import dev.dynacog.idsync.Plan.Counts;
import dev.dynacog.idsync.PoolUsers;
import dev.dynacog.idsync.SyncRequest;

/** What speaks against a pool being the one whose subs a table is to have. */
public record PoolDoubts(Counts counts) {
    private static final String QUESTION = "check that this is the right pool; ";

    /** An attribute that nobody has is a mistake in its name, and no reason to say that all is well. */
    public static PoolUsers requireAttribute(PoolUsers users, UserPool pool, SyncRequest request) {
        if (users.count() > 0 && !users.anyHasTheAttribute()) {
            throw new DynacogException.Failed(
                    "none of the " + Quantities.of(users.count(), "user", "users") + " of pool " + pool.id()
                            + " has the attribute " + request.match().attribute() + "; 0 rows were changed",
                    users.attributes().isEmpty()
                            ? "choose another with --match ATTRIBUTE=COLUMN"
                            : "choose another with --match ATTRIBUTE=COLUMN; users have "
                                    + String.join(", ", users.attributes()));
        }
        return users;
    }

    /** Data that is overwritten is lost, and a column's name is soon mistaken. */
    public void requireColumnOfSubs(String column, String wayOn) {
        if (counts.isOfNoSubs()) {
            throw new DynacogException.Guarded(
                    "column " + column + " has values that are not subs in "
                            + Quantities.of(counts.otherValues(), "row", "rows") + "; 0 rows were changed",
                    "check that this is the right column, not one for e-mail addresses or names; " + wayOn);
        }
    }

    /** Another pool, or one that was emptied, is the likeliest reason why most users are missing. */
    public void requireCommonUsers(String wayOn) {
        if (counts.users() == 0 || counts.users() * 2 < counts.rows()) {
            throw new DynacogException.Guarded(
                    (counts.users() == 0
                                    ? "the pool is empty"
                                    : "the pool has " + Quantities.of(counts.users(), "user", "users")
                                            + ", less than half of the " + Quantities.count(counts.rows()) + " rows")
                            + "; 0 rows were changed",
                    QUESTION + wayOn);
        }
        if (counts.areOfDifferentPools()) {
            throw new DynacogException.Guarded(
                    Quantities.of(counts.realSubs(), "row has a sub", "rows have subs")
                            + ", and none belongs to a user of this pool; 0 rows were changed",
                    QUESTION + wayOn);
        }
    }

    /** An attribute or a column that has something else in it is a mistake too, and no reason to say that all is well. */
    public void requireMatch(String match) {
        if (counts.nobodyMatches()) {
            throw new DynacogException.Failed(
                    "none of the " + Quantities.of(counts.users(), "user", "users") + " matches any of the "
                            + Quantities.of(counts.rows(), "row", "rows") + " by " + match + "; 0 rows were changed",
                    "choose others with --match ATTRIBUTE=COLUMN, or use --ignore-case");
        }
    }

    public void requireReplacedAtMost(long limit) {
        if (counts.replaced() > limit) {
            throw new DynacogException.Guarded(
                    (counts.replacedData() == 0
                                    ? Quantities.of(
                                            counts.replaced(),
                                            "row has a sub and would get another",
                                            "rows have subs and would get others")
                                    : Quantities.of(
                                                    counts.replaced(),
                                                    "row has a value and would lose it",
                                                    "rows have values and would lose them")
                                            + " ("
                                            + Quantities.of(counts.replacedData(), "is not a sub", "are not subs")
                                            + ")")
                            + ", more than " + Quantities.count(limit) + "; 0 rows were changed",
                    (counts.replacedData() == 0 ? QUESTION : "check that this is the right column; ")
                            + "pass --max-replaced " + counts.replaced() + " to proceed");
        }
    }
}
