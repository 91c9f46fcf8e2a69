package dev.dynacog.cli;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.Caller;
import dev.dynacog.cli.Write.Subject;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Guarding;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands before every write: refuses it where the environment isn't what its file pins it to. In a guarded environment it
 * also says who writes where, and lets through what was confirmed by name.
 */
final class Guard {
    private static final String ELSEWHERE = "local leads elsewhere: ";

    private final Console console;
    private final Environment environment;
    private final Supplier<AwsClients> clients;
    private final PinCheck pins;

    Guard(Console console, Environment environment, Supplier<AwsClients> clients, PinCheck pins) {
        this.console = console;
        this.environment = environment;
        this.clients = clients;
        this.pins = pins;
    }

    /**
     * Refuses what can't be confirmed any more: nobody to ask, and no or another name given; and an environment that
     * isn't what its file pins it to. To be called before any call to the environment.
     *
     * @param confirmed the names given with {@code --confirm}
     */
    void requireConfirmable(Subject subject, List<String> confirmed) {
        pins.requirePlaces();
        requireName(subject, confirmed);
        pins.requireAccount();
    }

    private void requireName(Subject subject, List<String> confirmed) {
        if (!environment.isGuarded() || confirmed.contains(subject.name())) {
            return;
        }
        if (!confirmed.isEmpty()) {
            throw new DynacogException.Guarded(
                    "--confirm names '" + String.join("', '", confirmed) + "', but the " + subject.kind() + " is "
                            + subject.name(),
                    "nothing was changed");
        }
        if (!console.canAsk()) {
            throw new DynacogException.Guarded(
                    "environment " + environment.name().value() + " is guarded"
                            + elsewhere().map(why -> " (" + why + ")").orElse("")
                            + " and stdin is not a terminal",
                    "pass --confirm " + subject.name() + " to proceed");
        }
    }

    /**
     * Shows who is about to do what, and asks for the name unless it was given.
     *
     * @param plan what will happen, for the person to read
     */
    void confirm(Subject subject, List<String> confirmed, Supplier<List<Text>> plan) {
        requireConfirmable(subject, confirmed);
        if (!environment.isGuarded()) {
            return;
        }
        console.tell(banner(subject));
        elsewhere().ifPresent(why -> console.tell(Text.of(ELSEWHERE + why, Tone.ATTENTION)));
        plan.get().forEach(console::tell);
        if (confirmed.contains(subject.name())) {
            return;
        }
        String typed = console.ask(Text.of("Type the name of the " + subject.kind() + " to go on:", Tone.KEY))
                .orElse("");
        if (!typed.equals(subject.name())) {
            throw new DynacogException.Guarded(
                    typed.isEmpty() ? "not confirmed" : "'" + typed + "' is not " + subject.name(),
                    "nothing was changed");
        }
    }

    /**
     * Lets a person choose, where only reading is possible too: typing the name allows writes, typing nothing doesn't.
     *
     * @return whether writes were allowed
     */
    boolean offer(Subject subject, List<String> confirmed) {
        if (!confirmed.isEmpty()) {
            confirm(subject, confirmed, List::of);
            return true;
        }
        console.tell(banner(subject));
        elsewhere().ifPresent(why -> console.tell(Text.of(ELSEWHERE + why, Tone.ATTENTION)));
        if (!console.canAsk()) {
            return false;
        }
        String typed = console.ask(Text.of(
                        "Type the name of the " + subject.kind() + " to write, or press Enter for read-only:",
                        Tone.KEY))
                .orElse("");
        if (!typed.isEmpty() && !typed.equals(subject.name())) {
            throw new DynacogException.Guarded("'" + typed + "' is not " + subject.name(), "nothing was changed");
        }
        if (typed.isEmpty()) {
            return false;
        }
        requireConfirmable(subject, List.of(typed));
        return true;
    }

    /** Why environment local, of all, is guarded. */
    private Optional<String> elsewhere() {
        return environment.isLocal() && environment.guarding() instanceof Guarding.Guarded guarded
                ? Optional.of(guarded.reason())
                : Optional.empty();
    }

    /** The environment, the account, the region and the endpoint. */
    private Text banner(Subject subject) {
        Text who = Caller.find(clients.get(), environment)
                .map(found -> Text.of("account " + found.account() + " as " + found.identity()))
                .orElse(Text.of("account unknown", Tone.ATTENTION));
        Text banner = Text.of(" " + environment.name().value() + " ", Tone.GUARDED_ENVIRONMENT)
                .plus("  ")
                .plus(who);
        Optional<String> region = clients.get().regionId();
        if (region.isPresent()) {
            banner = banner.plus(" · " + region.get());
        }
        return banner.plus(" · " + place(subject, region));
    }

    private String place(Subject subject, Optional<String> region) {
        Optional<PostgresUrl> postgres =
                subject.kind().equals(Subject.DATABASE) ? environment.postgres().map(Sourced::value) : Optional.empty();
        if (postgres.isPresent()) {
            PostgresUrl url = postgres.get();
            return url.user().map(user -> user + " at ").orElse("") + url.hostList() + "/" + url.database();
        }
        return environment
                .aws()
                .dynamodb()
                .endpoint()
                .map(endpoint -> endpoint.value().toString())
                .orElse("dynamodb." + region.map(id -> id + ".").orElse("") + "amazonaws.com");
    }
}
