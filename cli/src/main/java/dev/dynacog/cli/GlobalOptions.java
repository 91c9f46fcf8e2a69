package dev.dynacog.cli;

import dev.dynacog.cli.render.Format;
import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.config.Flags;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
public final class GlobalOptions {
    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Environment to use: local (default), prod, or one from dynacog.yaml.")
    @Nullable
    String environment;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Override the endpoint of DynamoDB and its streams.")
    @Nullable
    String endpointUrl;

    @Option(names = "--region", paramLabel = "REGION", scope = ScopeType.INHERIT, description = "AWS region.")
    @Nullable
    String region;

    @Option(names = "--profile", paramLabel = "NAME", scope = ScopeType.INHERIT, description = "AWS profile.")
    @Nullable
    String profile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "Output format: ${COMPLETION-CANDIDATES}. Default: table on a terminal, otherwise jsonl.")
    @Nullable
    Format output;

    @Option(
            names = "--csv-safe",
            scope = ScopeType.INHERIT,
            description = "In CSV, prefix cells that a spreadsheet would run as formulas with '.")
    boolean csvSafe;

    @Option(
            names = "--query",
            paramLabel = "JMESPATH",
            scope = ScopeType.INHERIT,
            description = "JMESPath expression to apply to each record.")
    @Nullable
    String query;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "Use color: ${COMPLETION-CANDIDATES}.")
    @Nullable
    ColorMode color;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            scope = ScopeType.INHERIT,
            description = "Time zone for displayed times, such as UTC or Europe/Paris.")
    @Nullable
    String zone;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace on failure.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    static GlobalOptions of(Flags flags) {
        GlobalOptions options = new GlobalOptions();
        options.environment = flags.environment().orElse(null);
        options.endpointUrl = flags.endpointUrl().orElse(null);
        options.region = flags.region().orElse(null);
        options.profile = flags.profile().orElse(null);
        return options;
    }

    Flags flags() {
        return new Flags(
                Optional.ofNullable(environment),
                Optional.ofNullable(endpointUrl),
                Optional.ofNullable(region),
                Optional.ofNullable(profile));
    }
}
