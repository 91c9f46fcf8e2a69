package dev.dynacog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an environment's file says that it must be. Variables and flags have a stronger word than files, so what they lead
 * to is compared with this before anything is written.
 */
public record Pins(
        Optional<Sourced<String>> account,
        List<Sourced<String>> regions,
        Optional<Sourced<String>> userPoolId,
        List<Sourced<String>> postgresHosts) {
    public static final Pins NONE = new Pins(Optional.empty(), List.of(), Optional.empty(), List.of());

    public Pins {
        regions = List.copyOf(regions);
        postgresHosts = List.copyOf(postgresHosts);
    }

    static Pins of(ConfigFile.Definition definition) {
        return new Pins(
                definition.get(Setting.ACCOUNT),
                definition.all(Setting.REGIONS.key()),
                definition.get(Setting.USER_POOL),
                definition.all(Setting.POSTGRES_HOST.key()));
    }

    /** Asked in every run, so by its parts: a record's own comparison is spun when it is first used, 10 ms on JDK 17. */
    public boolean isEmpty() {
        return account.isEmpty() && regions.isEmpty() && userPoolId.isEmpty() && postgresHosts.isEmpty();
    }

    /** Each with the line that it stands in. */
    List<Settings.Shown> shown() {
        List<Settings.Shown> shown = new ArrayList<>();
        show(Setting.ACCOUNT, account.stream().toList(), shown);
        show(Setting.REGIONS, regions, shown);
        show(Setting.USER_POOL, userPoolId.stream().toList(), shown);
        show(Setting.POSTGRES_HOST, postgresHosts, shown);
        return shown;
    }

    private static void show(Setting setting, List<Sourced<String>> pins, List<Settings.Shown> into) {
        if (!pins.isEmpty()) {
            into.add(new Settings.Shown(
                    "pin." + setting.key(),
                    Optional.of(
                            String.join(", ", pins.stream().map(Sourced::value).toList())),
                    pins.get(0).origin().describe()));
        }
    }

    /** Where the regions are said. */
    public Optional<Origin> originOfRegions() {
        return regions.stream().findFirst().map(Sourced::origin);
    }

    /** What the region is instead; an unknown one leads nowhere. */
    public Optional<String> differenceOfRegion(Optional<String> region, Optional<Origin> from) {
        return region.filter(id -> !regions.isEmpty() && !contains(regions, id))
                .map(id -> "the region is " + id + from.map(Pins::inBrackets).orElse("") + ", not " + pinned(regions));
    }

    /** What the pool and the database's hosts are instead. */
    public List<String> differencesOfPlaces(Environment environment) {
        List<String> differences = new ArrayList<>();
        userPoolId.ifPresent(pin -> environment
                .aws()
                .userPoolId()
                .filter(pool -> !pool.value().equals(pin.value()))
                .ifPresent(pool -> differences.add("the Cognito pool is " + pool.value() + inBrackets(pool.origin())
                        + ", not " + pinned(List.of(pin)))));
        if (!postgresHosts.isEmpty()) {
            environment
                    .postgres()
                    .ifPresent(url -> url.value().hosts().stream()
                            .map(PostgresUrl.Host::name)
                            .filter(host -> !contains(postgresHosts, host))
                            .forEach(host -> differences.add("the Postgres host is " + host + inBrackets(url.origin())
                                    + ", not " + pinned(postgresHosts))));
        }
        return differences;
    }

    /** What the account is instead. */
    public Optional<String> differenceOfAccount(Optional<String> found) {
        return account.filter(pin -> found.isEmpty() || !found.get().equals(pin.value()))
                .map(pin -> "the account is "
                        + found.map(id -> id + ", not ").orElse("unknown, and must be ")
                        + pinned(List.of(pin)));
    }

    private static boolean contains(List<Sourced<String>> pins, String value) {
        return pins.stream()
                .anyMatch(pin -> pin.value().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)));
    }

    private static String inBrackets(Origin origin) {
        return " (" + origin.describe() + ")";
    }

    private static String pinned(List<Sourced<String>> pins) {
        return String.join(" or ", pins.stream().map(Sourced::value).toList())
                + inBrackets(pins.get(0).origin());
    }
}
