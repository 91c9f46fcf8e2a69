package dev.dynacog.cognito;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A pool of users. */
public final class UserPool {
    /** What a pool says of itself; the number of users is Cognito's estimate. */
    public record Summary(String id, String name, long estimatedUsers) {}

    private final AwsClients clients;
    private final String id;
    private @Nullable CognitoIdentityProviderClient client;

    public UserPool(AwsClients clients, String id) {
        this.clients = clients;
        this.id = id;
    }

    /** The environment's pool; that none is set is an error, never a reason to take another. */
    public static UserPool of(AwsClients clients, Environment environment) {
        String name = environment.name().value();
        String id = environment
                .aws()
                .userPoolId()
                .map(Sourced::value)
                .orElseThrow(() -> new DynacogException.Usage(
                        "no user pool is configured for environment " + name,
                        environment.isLocal()
                                ? "start the local pool (dynacog local up) or set AWS_COGNITO_USER_POOL_ID"
                                : "set AWS_COGNITO_USER_POOL_ID"));
        return new UserPool(clients, id);
    }

    public String id() {
        return id;
    }

    public Summary summary() {
        try {
            UserPoolType pool =
                    client().describeUserPool(request -> request.userPoolId(id)).userPool();
            Integer users = pool.estimatedNumberOfUsers();
            return new Summary(pool.id(), pool.name(), users == null ? 0 : users);
        } catch (ResourceNotFoundException e) {
            throw notFound(id, Optional.empty(), e);
        } catch (InvalidParameterException e) {
            throw new DynacogException.Usage(
                    "Cognito refused: " + e.awsErrorDetails().errorMessage(),
                    "a pool ID looks like eu-west-1_AbC123DeF");
        }
    }

    /** What Cognito thinks it has. Who may list users may not be allowed to ask that, and does without. */
    public OptionalLong estimate() {
        try {
            return OptionalLong.of(summary().estimatedUsers());
        } catch (RuntimeException e) {
            if (FailureTranslator.isAccess(e)) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** Its users, or some of them. */
    public UserListing list(UserQuery query) {
        return new UserListing(client(), id, query);
    }

    static DynacogException notFound(String pool, Optional<String> group, ResourceNotFoundException failure) {
        boolean groupIsMissing = group.isPresent()
                && String.valueOf(failure.awsErrorDetails().errorMessage()).startsWith("Group");
        return groupIsMissing
                ? new DynacogException.NotFound(
                        "pool " + pool + " has no group " + group.get(), "group names are case-sensitive")
                : new DynacogException.NotFound(
                        "there is no user pool " + pool, "check AWS_COGNITO_USER_POOL_ID, and the region");
    }

    private synchronized CognitoIdentityProviderClient client() {
        if (client == null) {
            client = clients.cognito();
        }
        return client;
    }
}
