package dev.dynacog.cli;

import picocli.CommandLine.Model.CommandSpec;

/** A command before anybody asked for it. Each {@code XCommand} has an {@code XCommandArguments}, made of its annotations. */
public interface CommandSource {
    /** Its line in the list of commands. */
    String header();

    /** A new one, with everything that its annotations say. */
    CommandSpec create(Session session);
}
