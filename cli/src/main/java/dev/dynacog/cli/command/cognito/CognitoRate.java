package dev.dynacog.cli.command.cognito;

import dev.dynacog.cognito.UserQuery;
import dev.dynacog.config.Environment;
import dev.dynacog.error.DynacogException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How hard Cognito may be asked. Its quota is the account's, sign-ins included. */
final class CognitoRate {
    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Maximum number of Cognito requests per second, up to 30. Default: 10; no limit for a"
                    + " local endpoint.")
    @Nullable
    Double rate;

    double value(Environment environment) {
        if (rate == null) {
            return UserQuery.usualRate(environment.aws().cognito());
        }
        if (!(rate > 0) || rate > UserQuery.HIGHEST_RATE) {
            throw new DynacogException.Usage(
                    "--rate must be above 0 and at most 30", "an account has a total of 30 requests per second");
        }
        return rate;
    }
}
