package dev.dynacog.cli;

import dev.dynacog.cli.render.Format;
import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.config.Origin;
import dev.dynacog.config.Settings.Shown;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How things look to this user: an option says it, then a variable, then {@code defaults} in the user's own file. */
public final class Preferences {
    /** What people set for all their tools comes before what they wrote into our file. */
    private static final Set<String> OF_ALL_TOOLS = Set.of("NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR");

    private final GlobalOptions options;
    private final Map<String, String> variables;
    private final SettingsLoader loader;

    Preferences(GlobalOptions options, Map<String, String> variables, SettingsLoader loader) {
        this.options = options;
        this.variables = variables;
        this.loader = loader;
    }

    Optional<Sourced<Format>> format() {
        @Nullable Format given = options.output;
        return given == null
                ? loader.preference("output").map(text -> choice(text, "output", Format.values()))
                : Optional.of(new Sourced<>(given, new Origin.Flag("--output")));
    }

    /** What colours are decided by, beside the variables of all tools. */
    Sourced<ColorMode> color() {
        @Nullable ColorMode given = options.color;
        if (given != null) {
            return new Sourced<>(given, new Origin.Flag("--color"));
        }
        return loader.preference("color")
                .map(text -> choice(text, "color", ColorMode.values()))
                .filter(found -> !(found.origin() instanceof Origin.ConfigFile)
                        || OF_ALL_TOOLS.stream()
                                .allMatch(
                                        name -> variables.getOrDefault(name, "").isEmpty()))
                .orElse(new Sourced<>(ColorMode.AUTO, new Origin.Default()));
    }

    Sourced<ZoneId> zone() {
        return zoneAsked().orElseGet(() -> new Sourced<>(ZoneId.systemDefault(), new Origin.Default()));
    }

    Optional<Sourced<ZoneId>> zoneAsked() {
        @Nullable String given = options.zone;
        return Optional.ofNullable(given)
                .map(text -> new Sourced<>(text, (Origin) new Origin.Flag("--zone")))
                .or(() -> loader.preference("zone"))
                .map(Preferences::zone);
    }

    private static Sourced<ZoneId> zone(Sourced<String> text) {
        try {
            return text.map(ZoneId::of);
        } catch (DateTimeException e) {
            throw new DynacogException.Usage(
                    "invalid time zone '" + text.value() + "' (" + text.origin().describe() + ")",
                    "for example UTC, Europe/Paris or +02:00");
        }
    }

    private static <T> Sourced<T> choice(Sourced<String> text, String what, T[] values) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equalsIgnoreCase(text.value()))
                .findFirst()
                .map(value -> new Sourced<>(value, text.origin()))
                .orElseThrow(() -> new DynacogException.Usage(
                        "invalid " + what + " '" + text.value() + "' ("
                                + text.origin().describe() + ")",
                        "known: " + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "))));
    }

    /** Each with its origin. */
    public List<Shown> shown() {
        return List.of(
                format().map(found -> new Shown(
                                "output",
                                Optional.of(found.value().toString()),
                                found.origin().describe()))
                        .orElse(new Shown("output", Optional.empty(), "a table on a terminal, else jsonl")),
                new Shown(
                        "color",
                        Optional.of(color().value().toString()),
                        color().origin().describe()),
                new Shown(
                        "zone",
                        Optional.of(zone().value().getId()),
                        zone().origin().describe()));
    }
}
