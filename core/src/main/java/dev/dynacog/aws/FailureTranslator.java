package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Service;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Says what a failure of the SDK means, in words that name the service and the endpoint. What a service answers on
 * purpose (a table that isn't there, a condition that failed) stays as it is, for the caller to understand.
 */
public final class FailureTranslator implements ExecutionInterceptor {
    private static final Set<String> ACCESS_CODES = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "InvalidClientTokenId",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "NotAuthorizedException",
            "OptInRequired",
            "AuthFailure");

    private final Environment environment;

    FailureTranslator(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        String id = Optional.ofNullable(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                .orElse("AWS");
        if (failure instanceof AwsServiceException service) {
            return isAccess(service) ? access(service, id) : failure;
        }
        if (failure instanceof SdkClientException client) {
            String endpoint = context.httpRequest()
                    .map(request ->
                            request.protocol() + "://" + request.host() + port(request.protocol(), request.port()))
                    .orElse("");
            return clientFailure(client, id, endpoint);
        }
        return failure;
    }

    private static String port(String protocol, int port) {
        boolean usual = port <= 0 || port == (protocol.equals("https") ? 443 : 80);
        return usual ? "" : ":" + port;
    }

    private Throwable clientFailure(SdkClientException failure, String service, String endpoint) {
        if (failure instanceof AbortedException) {
            return failure;
        }
        Throwable cause = rootOf(failure);
        String where = name(service) + " of environment " + environment.name().value();
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || (cause instanceof SocketTimeoutException && !isConnect(cause))) {
            return new DynacogException.Unreachable(
                    "no answer in time from " + endpoint + " (" + where + ")",
                    "try again; --debug shows more",
                    failure);
        }
        if (cause instanceof SSLException) {
            return new DynacogException.Unreachable(
                    "no secure connection to " + endpoint + " (" + where + "): " + firstLine(cause),
                    "is it https there, and does this Java trust the certificate?",
                    failure);
        }
        if (isNetwork(cause)) {
            return new DynacogException.Unreachable(
                    "nothing answers at " + endpoint + " (" + where + ")", startHint(service), failure);
        }
        String text = firstLine(failure);
        if (text.contains("Unable to load credentials") || text.contains("Profile file contained no credentials")) {
            return new DynacogException.Access(
                    "no AWS credentials for environment " + environment.name().value(),
                    "sign in (aws sso login), set AWS_PROFILE, or give --profile",
                    failure);
        }
        return new DynacogException.Failed(where + ": " + text, "--debug shows more", failure);
    }

    private String startHint(String service) {
        boolean madeUp = serviceOf(service)
                .map(found -> found.credentials() == Service.Credentials.MADE_UP)
                .orElse(false);
        return madeUp
                ? "start the local stack: dynacog local up"
                : "check the network and the endpoint: dynacog --env "
                        + environment.name().value() + " config show";
    }

    private Optional<Service> serviceOf(String id) {
        String name = id.toLowerCase(Locale.ROOT);
        if (name.contains("streams")) {
            return Optional.of(environment.aws().streams());
        }
        if (name.contains("dynamo")) {
            return Optional.of(environment.aws().dynamodb());
        }
        return name.contains("cognito") ? Optional.of(environment.aws().cognito()) : Optional.empty();
    }

    private DynacogException.Access access(AwsServiceException failure, String service) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : failure.awsErrorDetails().errorCode();
        String said = failure.awsErrorDetails() == null
                ? firstLine(failure)
                : Optional.ofNullable(failure.awsErrorDetails().errorMessage()).orElse("");
        String profile = environment
                .aws()
                .profile()
                .map(Sourced::value)
                .map(name -> " of profile " + name)
                .orElse("");
        String hint = code.startsWith("Expired")
                ? "sign in again (aws sso login), then repeat the command"
                : code.startsWith("AccessDenied")
                        ? "ask for the permission, or use another --profile"
                        : "check the credentials" + profile + ": dynacog --env "
                                + environment.name().value() + " doctor";
        return new DynacogException.Access(name(service) + " refused: " + code + ": " + said, hint, failure);
    }

    private static boolean isAccess(AwsServiceException failure) {
        return failure.awsErrorDetails() != null
                && failure.awsErrorDetails().errorCode() != null
                && ACCESS_CODES.contains(failure.awsErrorDetails().errorCode());
    }

    /** What is left of the SDK's failures when they reach the user: a service's own refusals. */
    public static Optional<DynacogException> translate(Throwable failure) {
        if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = service.awsErrorDetails().errorCode();
            String message = Optional.ofNullable(service.awsErrorDetails().errorMessage())
                    .orElse("");
            return Optional.of(
                    code.contains("ResourceNotFound")
                            ? new DynacogException.NotFound(message, "")
                            : new DynacogException.Failed(code + ": " + message, "", failure));
        }
        if (failure instanceof SdkException) {
            return Optional.of(new DynacogException.Failed(firstLine(failure), "--debug shows more", failure));
        }
        return Optional.empty();
    }

    /** Whether the same request may well succeed in a moment. */
    static boolean isPassing(Throwable failure) {
        if (failure instanceof SdkServiceException service) {
            return service.isThrottlingException() || service.retryable() || service.statusCode() >= 500;
        }
        if (failure instanceof SdkException sdk && sdk.retryable()) {
            return true;
        }
        Throwable root = rootOf(failure);
        return root instanceof IOException
                && !(root instanceof SSLException)
                && !(root instanceof SocketTimeoutException)
                && !isUnreachable(failure);
    }

    /** Whether there is nobody to talk to, so that asking again only costs time. */
    static boolean isUnreachable(Throwable failure) {
        Throwable root = rootOf(failure);
        return root instanceof ConnectException
                || root instanceof UnknownHostException
                || root instanceof NoRouteToHostException
                || isConnect(root);
    }

    private static boolean isNetwork(Throwable root) {
        return isUnreachable(root) || root instanceof SocketException || root instanceof EOFException;
    }

    private static boolean isConnect(Throwable root) {
        return root instanceof SocketTimeoutException
                && String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String name(String service) {
        return switch (service) {
            case "DynamoDB", "DynamoDb" -> "DynamoDB";
            case "Cognito Identity Provider", "CognitoIdentityProvider" -> "Cognito";
            default -> service;
        };
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
