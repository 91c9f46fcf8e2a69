package dev.dynacog.cli.command.db;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Environment;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.postgres.DatabaseServer.AtStake;
import dev.dynacog.postgres.Migration;
import dev.dynacog.postgres.ScriptRunner.Ran;
import dev.dynacog.postgres.SqlScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was done to a database as a whole, or by a file. */
public final class DbView {
    private DbView() {}

    /** How it ended for a database. */
    public enum Action {
        CREATED("made", Tone.GOOD),
        EXISTS("is there already", Tone.GOOD),
        WOULD_CREATE("would be created (--dry-run)", Tone.PLAIN),
        DROPPED("dropped", Tone.GOOD),
        ABSENT("is not there", Tone.GOOD),
        WOULD_DROP("would be dropped (--dry-run)", Tone.PLAIN);

        private final String words;
        private final Tone tone;

        Action(String words, Tone tone) {
            this.words = words;
            this.tone = tone;
        }
    }

    public static Map<String, @Nullable Object> record(PostgresUrl url, Action action) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("database", url.database());
        record.put("server", url.hostList());
        record.put("action", words(action));
        return record;
    }

    public static List<Text> page(Environment environment, PostgresUrl url, Action action) {
        return List.of(EnvironmentLabel.of(environment)
                .plus("  ")
                .plus(url.database(), Tone.KEY)
                .plus("  ")
                .plus(action.words, action.tone)
                .plus("  on " + url.hostList(), Tone.SECONDARY));
    }

    /** What a drop would take. */
    public static List<Text> dropPlan(String command, AtStake stake) {
        String sessions = stake.sessions().isEmpty()
                ? ""
                : ", " + Quantities.of(stake.sessions().size(), "open session", "open sessions");
        return List.of(
                Text.of(command + " drops the database ")
                        .plus(stake.database(), Tone.KEY)
                        .plus(": " + Quantities.bytes(stake.bytes()) + sessions + "."),
                Text.of("There is no undo. ", Tone.DANGER).plus("Check the server's console for backups."));
    }

    /** What a file did, or would do. */
    public enum Loading {
        LOADED,
        WOULD_LOAD,
        SAME
    }

    /**
     * The record of a file.
     *
     * @param migrations those that the file contains
     */
    public static Map<String, @Nullable Object> record(
            String database, Loading loading, Ran ran, List<Migration> migrations) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("database", database);
        record.put("file", ran.script());
        record.put("action", words(loading));
        record.put("statements", ran.statements());
        record.put("rows", ran.rows());
        record.put("migrations", migrations.stream().map(Migration::title).toList());
        return record;
    }

    /** The file's line for people. */
    public static Text line(Environment environment, Loading loading, Ran ran, List<Migration> migrations) {
        Text line = EnvironmentLabel.of(environment)
                .plus("  ")
                .plus(ran.script(), Tone.KEY)
                .plus("  ")
                .plus(outcome(loading, ran));
        return migrations.isEmpty() ? line : line.plus(" · contains migrations " + range(migrations), Tone.SECONDARY);
    }

    private static Text outcome(Loading loading, Ran ran) {
        String statements = Quantities.of(ran.statements(), "statement", "statements");
        return switch (loading) {
            case LOADED -> Text.of("loaded", Tone.GOOD).plus(": " + statements + ", " + rows(ran.rows()));
            case WOULD_LOAD -> Text.of("would be run: " + statements + " (--dry-run)");
            case SAME -> Text.of("is already loaded; nothing was changed", Tone.GOOD);
        };
    }

    public static String rows(long rows) {
        return rows == 0 ? "no row written" : Quantities.of(rows, "row", "rows") + " written";
    }

    /** What is about to be run. */
    public static Text scriptPlan(String command, SqlScript script, String database) {
        return Text.of(command + " runs ")
                .plus(script.name(), Tone.KEY)
                .plus(" (" + Quantities.of(script.statements().size(), "statement", "statements")
                        + ") in the database ")
                .plus(database, Tone.KEY)
                .plus(".");
    }

    static String range(List<Migration> migrations) {
        String first = Migration.shown(migrations.get(0).number());
        String last = Migration.shown(migrations.get(migrations.size() - 1).number());
        return migrations.size() == 1 ? first : first + " to " + last;
    }

    /** A step of a longer work, when it is done. */
    public static Text step(int number, int of, String step, String result) {
        return Text.of(number + "/" + of, Tone.SECONDARY)
                .plus("  ")
                .plus(Text.of(step, Tone.KEY).padded(15))
                .plus("  " + result);
    }

    private static String words(Enum<?> action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
