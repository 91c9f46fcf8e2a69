package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Service;
import dev.dynacog.error.DynacogException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who a guarded environment is written to as: an account, and the user or role in it. */
public record Caller(String account, String identity) {

    /** Asks AWS. Not knowing is no reason to stop: the answer only informs the person who is asked to confirm. */
    public static Optional<Caller> find(AwsClients clients, Environment environment) {
        if (environment.aws().dynamodb().credentials() == Service.Credentials.DUMMY
                && environment.aws().cognito().credentials() == Service.Credentials.DUMMY) {
            return Optional.empty();
        }
        return find(clients);
    }

    /** Asks AWS, whatever the services of the environment are. */
    public static Optional<Caller> find(AwsClients clients) {
        try {
            return Optional.of(ask(clients));
        } catch (SdkException | DynacogException e) {
            return Optional.empty();
        }
    }

    /** Asks AWS, and fails where that fails. */
    public static Caller ask(AwsClients clients) {
        GetCallerIdentityResponse answer = clients.sts().getCallerIdentity();
        String arn = answer.arn();
        return new Caller(answer.account(), arn.substring(arn.lastIndexOf(':') + 1));
    }
}
