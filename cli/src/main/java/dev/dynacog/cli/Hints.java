package dev.dynacog.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Completes the commands that a hint shows: dynacog's own get the environment, the endpoint, the region and the profile
 * that this call was given, so that whoever copies one stays where the hint was about. Who writes a hint writes the
 * command alone, and none of AWS's but the one that signs in.
 */
public final class Hints {
    private static final Pattern COMMAND = Pattern.compile("\\bdynacog (?=([a-z]+(?:-[a-z]+)*)\\b)");
    private static final String SIGN_IN = "aws sso login";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    /** They are of this machine, whatever the environment. */
    private static final Set<String> EVERYWHERE_THE_SAME = Set.of("local", "completion");

    private final GlobalOptions options;
    private final Map<String, String> variables;
    private final Set<String> commands;
    private final Supplier<Optional<String>> profile;

    /**
     * @param commands the names of dynacog's
     * @param profile of AWS that the environment takes, which its file may name
     */
    Hints(
            GlobalOptions options,
            Map<String, String> variables,
            Set<String> commands,
            Supplier<Optional<String>> profile) {
        this.profile = profile;
        this.options = options;
        this.variables = variables;
        this.commands = commands;
    }

    /** The text, each command in it completed. */
    public String complete(String hint) {
        String text = hint.contains(SIGN_IN)
                ? hint.replace(SIGN_IN, (SIGN_IN + " " + option("--profile", profile.get())).strip())
                : hint;
        if (!text.contains("dynacog ")) {
            return text;
        }
        String place = place();
        return COMMAND.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("dynacog " + (staysHere(found.group(1)) ? place : "")));
    }

    private boolean staysHere(String command) {
        return commands.contains(command) && !EVERYWHERE_THE_SAME.contains(command);
    }

    private String place() {
        return option("--env", environment())
                + option("--endpoint-url", Optional.ofNullable(options.endpointUrl))
                + option("--region", Optional.ofNullable(options.region))
                + option("--profile", Optional.ofNullable(options.profile));
    }

    /** One that came by a variable is said too: the variable may have been set for that one call. */
    private Optional<String> environment() {
        @Nullable String named = options.environment;
        return named == null
                ? Optional.ofNullable(variables.get("DYNACOG_ENV")).filter(name -> !name.isEmpty())
                : Optional.of(named);
    }

    private static String option(String name, Optional<String> value) {
        return value.map(text -> name + " " + quoted(text) + " ").orElse("");
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
