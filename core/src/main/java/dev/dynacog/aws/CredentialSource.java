package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Nearest;
import dev.dynacog.config.Origin;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** Where an environment's real credentials come from, and what is wrong with that place. */
final class CredentialSource {
    private CredentialSource() {}

    /**
     * The SDK's own order, unless a profile was chosen by a flag or a file: then that profile and nothing else, as with the
     * AWS CLI. The SDK would take keys from the variables first, and with them another account.
     */
    static AwsCredentialsProvider of(Environment environment) {
        Optional<Sourced<String>> profile = environment.aws().profile();
        profile.ifPresent(CredentialSource::requireProfile);
        if (profile.isPresent() && !(profile.get().origin() instanceof Origin.Variable)) {
            return ProfileCredentialsProvider.create(profile.get().value());
        }
        environment.aws().halfKeyPair().ifPresent(half -> {
            throw new DynacogException.Access(
                    half.set() + " is set, but " + half.missing() + " is not", "set both or neither", null);
        });
        var chain = DefaultCredentialsProvider.builder();
        profile.ifPresent(name -> chain.profileName(name.value()));
        return chain.build();
    }

    private static void requireProfile(Sourced<String> profile) {
        Set<String> known = KnownNames.profiles();
        if (!known.contains(profile.value())) {
            throw new DynacogException.Access(
                    "AWS profile not found: '" + profile.value() + "' ("
                            + profile.origin().describe() + ")",
                    known.isEmpty()
                            ? "there are no profiles at all: aws configure --profile " + profile.value()
                            : Nearest.hint(profile.value(), known) + "known: " + String.join(", ", known),
                    null);
        }
    }
}
