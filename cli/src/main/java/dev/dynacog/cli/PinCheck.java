package dev.dynacog.cli;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.Caller;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Pins;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares what the environment turned out to be with what its file pins it to. */
final class PinCheck {
    private final Environment environment;
    private final Pins pins;
    private final Supplier<AwsClients> clients;
    private @Nullable List<String> places;
    private @Nullable List<String> account;

    PinCheck(Environment environment, Supplier<AwsClients> clients) {
        this.environment = environment;
        this.pins = environment.pins();
        this.clients = clients;
    }

    /** Refuses another region, pool or database host, which costs no request. */
    void requirePlaces() {
        require(places());
    }

    /** Refuses another account, and one that can't be learnt. */
    void requireAccount() {
        require(account());
    }

    private void require(List<String> differences) {
        if (!differences.isEmpty()) {
            String name = environment.name().value();
            throw new DynacogException.Guarded(
                    "environment " + name + " is pinned: " + String.join("; ", differences),
                    "nothing was changed; dynacog --env " + name + " config show lists where each setting comes from");
        }
    }

    /** All that is different. */
    List<String> differences() {
        if (pins.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(places());
        all.addAll(account());
        return all;
    }

    private synchronized List<String> places() {
        if (places == null) {
            List<String> found = new ArrayList<>();
            if (!pins.regions().isEmpty()) {
                pins.differenceOfRegion(
                                clients.get().regionId(),
                                environment.aws().region().map(Sourced::origin))
                        .ifPresent(found::add);
            }
            found.addAll(pins.differencesOfPlaces(environment));
            places = found;
        }
        return places;
    }

    /** Dummy credentials belong to no account, so that where there are only those nothing can be in another. */
    private synchronized List<String> account() {
        if (account == null) {
            boolean asked =
                    pins.account().isPresent() && environment.aws().sts().credentials() == Credentials.CHAIN;
            account = asked ? pins.differenceOfAccount(ask()).stream().toList() : List.of();
        }
        return account;
    }

    private Optional<String> ask() {
        return Caller.find(clients.get()).map(Caller::account);
    }
}
