package dev.dynacog.cli.command;

import dev.dynacog.config.Environment;

/** Where a command looked, in a few words for the line below its output. */
final class Where {
    private Where() {}

    static String dynamodb(Environment environment) {
        String place = environment
                .aws()
                .dynamodb()
                .endpoint()
                .map(endpoint -> endpoint.value().toString())
                .or(() -> environment.aws().region().map(region -> region.value()))
                .orElse("");
        return (environment.name().value() + " " + place).strip();
    }

    static String postgres(Environment environment) {
        String place = environment
                .postgres()
                .map(url -> url.value().hostList() + "/" + url.value().database())
                .orElse("");
        return (environment.name().value() + " " + place).strip();
    }
}
