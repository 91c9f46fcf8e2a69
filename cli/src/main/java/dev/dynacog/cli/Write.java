package dev.dynacog.cli;

import dev.dynacog.cli.terminal.Text;
import dev.dynacog.config.PostgresUrl;
import java.util.List;

/**
 * A write, in the parts that {@link Session#write} puts in order: it is refused, planned, then shown by a dry run or
 * confirmed and applied.
 *
 * @param <P> what was found and would be done
 */
public interface Write<P> {
    /** What has to be confirmed: the name to type, and what kind of thing it names. */
    record Subject(String kind, String name) {
        static final String DATABASE = "database";

        /** The environment's Postgres. */
        public static Subject database(PostgresUrl url) {
            return new Subject(DATABASE, url.database());
        }

        public static Subject table(String name) {
            return new Subject("table", name);
        }
    }

    /** What comes after the plan; it ends with the exit code. */
    interface Planned<P> {
        int go(P plan);
    }

    /**
     * What is written, as far as it is known before anything is asked: where it can't be confirmed, the environment isn't
     * called at all.
     */
    List<Subject> subjects();

    /** What the plan writes, and has to be confirmed. */
    default List<Subject> subjects(P plan) {
        return subjects();
    }

    /**
     * Looks at what there is, changes nothing, and either goes on with the plan, while what it needs is open, or says why
     * there is nothing to write.
     *
     * @return the exit code
     */
    int plan(Planned<P> planned);

    /** The plan, for the person who confirms it. Only asked for where somebody does. */
    List<Text> shown(P plan);

    /**
     * Reports what would be done.
     *
     * @return the exit code
     */
    int dryRun(P plan);

    /**
     * Does it, and reports it.
     *
     * @return the exit code
     */
    int apply(P plan);
}
