package dev.dynacog.config;

import dev.dynacog.config.Hosts.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where environment {@code local} really leads: it is guarded as soon as one of its hosts is neither this machine nor
 * on a network that this machine is part of.
 *
 * @param postgres the address, whose hosts are from now on those addresses that they were judged by
 */
record Surroundings(Guarding guarding, Optional<Sourced<PostgresUrl>> postgres) {

    static Surroundings of(Environment.Aws aws, Optional<Sourced<PostgresUrl>> postgres) {
        Hosts hosts = Hosts.ofThisMachine();
        for (Service service : List.of(aws.dynamodb(), aws.streams(), aws.cognito())) {
            if (service.endpoint().isPresent()) {
                String host = service.endpoint().get().value().getHost();
                if (!hosts.judge(host).near()) {
                    return new Surroundings(elsewhere(host), postgres);
                }
            }
        }
        List<PostgresUrl.Host> judged = new ArrayList<>();
        for (PostgresUrl.Host host : postgres.map(url -> url.value().hosts()).orElse(List.of())) {
            Judgement judgement = hosts.judge(host.name());
            if (!judgement.near()) {
                return new Surroundings(elsewhere(host.name()), postgres);
            }
            judged.add(new PostgresUrl.Host(host.name(), host.port(), judgement.addresses()));
        }
        return new Surroundings(
                new Guarding.Open(), postgres.map(url -> url.map(address -> address.withHosts(judged))));
    }

    private static Guarding elsewhere(String host) {
        return new Guarding.Guarded(host + " is not on this machine or its network");
    }
}
