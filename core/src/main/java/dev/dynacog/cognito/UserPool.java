package dev.dynacog.cognito;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.error.DynacogException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A pool of users. */
public final class UserPool {
    /** What a pool says of itself; the number of users is Cognito's estimate. */
    public record Summary(String id, String name, long estimatedUsers) {}

    private final AwsClients clients;
    private final String id;

    public UserPool(AwsClients clients, String id) {
        this.clients = clients;
        this.id = id;
    }

    public Summary summary() {
        try {
            UserPoolType pool = clients.cognito()
                    .describeUserPool(request -> request.userPoolId(id))
                    .userPool();
            Integer users = pool.estimatedNumberOfUsers();
            return new Summary(pool.id(), pool.name(), users == null ? 0 : users);
        } catch (ResourceNotFoundException e) {
            throw new DynacogException.NotFound(
                    "there is no user pool " + id, "check AWS_COGNITO_USER_POOL_ID, and the region");
        }
    }
}
