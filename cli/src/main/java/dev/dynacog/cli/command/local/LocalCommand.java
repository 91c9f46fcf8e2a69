package dev.dynacog.cli.command.local;

import dev.dynacog.cli.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        header = "Run DynamoDB, Postgres and Cognito on this machine, without Docker.",
        footer = {
            "",
            "Examples:",
            "  dynacog local up --seed",
            "  dynacog local run -- npm test",
            "  dynacog local down"
        })
public final class LocalCommand extends CommandGroup {}
