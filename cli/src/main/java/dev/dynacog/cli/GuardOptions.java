package dev.dynacog.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that writes. */
public final class GuardOptions {
    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Confirm a write to a guarded environment by giving the resource name instead of typing"
                    + " it at the prompt.")
    public List<String> confirmed = List.of();

    @Option(names = "--dry-run", description = "Show what would be done without doing it.")
    public boolean dryRun;
}
