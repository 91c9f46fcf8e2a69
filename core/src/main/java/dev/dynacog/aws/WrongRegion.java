package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Nearest;
import dev.dynacog.error.DynacogException;
import java.net.URI;
import java.util.Optional;

/** Says that a region isn't one of AWS's. */
final class WrongRegion {
    private WrongRegion() {}

    /**
     * The region as the reason why a host's name is unknown. New regions come faster than new SDKs, so that not to know one
     * is no reason by itself.
     */
    static Optional<DynacogException> ifUnknown(Environment environment, String endpoint) {
        String host = Optional.ofNullable(URI.create(endpoint).getHost()).orElse("");
        String[] labels = host.split("\\.", -1);
        return labels.length < 3 || KnownNames.regions().contains(labels[1])
                ? Optional.empty()
                : Optional.of(of(environment, labels[1]));
    }

    static DynacogException of(Environment environment, String region) {
        String origin =
                environment.aws().region().map(set -> set.origin().describe()).orElse("the AWS profile");
        return new DynacogException.Usage(
                "AWS region not found: '" + region + "' (" + origin + ")",
                Nearest.hint(region, KnownNames.regions()) + "for example eu-west-1");
    }
}
