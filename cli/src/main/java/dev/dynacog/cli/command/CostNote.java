package dev.dynacog.cli.command;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.dynamo.item.Capacity;

/** What was consumed, in a few words for the line below a command's output; where it is paid for, with the price. */
public final class CostNote {
    private CostNote() {}

    public static String of(Capacity capacity, Environment environment) {
        String units = capacity.writeUnits() > 0 ? Quantities.writes(capacity) : Quantities.reads(capacity);
        return environment.aws().dynamodb().credentials() == Credentials.CHAIN
                ? units + ", " + Quantities.dollars(capacity) + " (" + Capacity.PRICED + ")"
                : units;
    }
}
