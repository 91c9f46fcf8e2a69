package dev.dynacog.cli.command;

import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that writes. */
public final class GuardOptions {
    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Confirm, in a guarded environment, by the name that would be asked for.")
    public List<String> confirmed = List.of();

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    public boolean dryRun;
}
