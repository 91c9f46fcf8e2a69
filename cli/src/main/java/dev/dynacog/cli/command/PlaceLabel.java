package dev.dynacog.cli.command;

import dev.dynacog.config.Environment;

/** Where a command looked, in a few words for the line below its output. */
public final class PlaceLabel {
    private PlaceLabel() {}

    public static String cognito(Environment environment, String pool) {
        String place = environment
                .aws()
                .cognito()
                .endpoint()
                .map(endpoint -> " " + endpoint.value())
                .orElse("");
        return environment.name().value() + place + " " + pool;
    }

    public static String dynamodb(Environment environment) {
        String place = environment
                .aws()
                .dynamodb()
                .endpoint()
                .map(endpoint -> endpoint.value().toString())
                .or(() -> environment.aws().region().map(region -> region.value()))
                .orElse("");
        return (environment.name().value() + " " + place).strip();
    }

    public static String postgres(Environment environment) {
        return (environment.name().value() + " " + place(environment)).strip();
    }

    /** The Postgres alone. */
    public static String place(Environment environment) {
        return environment
                .postgres()
                .map(url -> url.value().hostList() + "/" + url.value().database())
                .orElse("");
    }
}
