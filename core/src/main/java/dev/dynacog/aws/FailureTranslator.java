package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Proxies;
import dev.dynacog.config.Service;
import dev.dynacog.error.DynacogException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;
import software.amazon.awssdk.thirdparty.jackson.core.io.JsonEOFException;

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

    /** What the SDK says of a profile that has half a key pair. */
    private static final Pattern HALF_A_PROFILE =
            Pattern.compile("Profile property '(\\w+)' was not configured for '([^']*)'");

    private final Environment environment;
    private final Duration answerWithin;

    FailureTranslator(Environment environment, Duration answerWithin) {
        this.environment = environment;
        this.answerWithin = answerWithin;
    }

    /** Here alone it is known which endpoint was asked. The SDK wants its own type back, so the explanation travels inside. */
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        boolean ofNoService = failure instanceof AwsServiceException service && isOfNoService(service);
        boolean ofClient = failure instanceof SdkClientException && !(failure instanceof AbortedException);
        if (!ofNoService && !ofClient) {
            return failure;
        }
        String service = Optional.ofNullable(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                .orElse("AWS");
        String endpoint = context.httpRequest()
                .map(request -> request.protocol() + "://" + request.host() + port(request.protocol(), request.port()))
                .orElse("");
        String contentType = context.httpResponse()
                .flatMap(response -> response.firstMatchingHeader("Content-Type"))
                .orElse("no content type");
        DynacogException explained = explain((SdkException) failure, service, endpoint, contentType);
        SdkClientException told = SdkClientException.create(String.valueOf(explained.getMessage()), explained);
        if (failure.getClass() == SdkClientException.class) {
            return told;
        }
        // Of a more special failure the SDK takes only another of that kind.
        throw told;
    }

    /** What a failure is, for whoever has to tell it; nothing when it is neither ours nor the SDK's. */
    public static Optional<DynacogException> translate(Throwable failure) {
        if (failure instanceof DynacogException known) {
            return Optional.of(known);
        }
        for (Throwable cause = failure;
                failure instanceof SdkClientException && cause != null;
                cause = cause.getCause()) {
            if (cause instanceof DynacogException explained) {
                return Optional.of(explained);
            }
        }
        if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            return Optional.of(refusal(service));
        }
        if (failure instanceof SdkException) {
            return Optional.of(
                    new DynacogException.Failed(firstLine(failure), "run again with --debug for details", failure));
        }
        return Optional.empty();
    }

    /** Whether a service refused the credentials, or what they may do. */
    public static boolean isAccess(Throwable failure) {
        return translate(failure)
                .filter(DynacogException.Access.class::isInstance)
                .isPresent();
    }

    private static DynacogException refusal(AwsServiceException failure) {
        String code = Optional.ofNullable(failure.awsErrorDetails().errorCode()).orElse("");
        String said =
                Optional.ofNullable(failure.awsErrorDetails().errorMessage()).orElse("");
        if (code.isEmpty()) {
            return new DynacogException.Failed(
                    "unexpected HTTP " + failure.statusCode() + " response that did not come from AWS",
                    "check the endpoint: dynacog config show",
                    failure);
        }
        if (ACCESS_CODES.contains(code)) {
            String hint = code.startsWith("Expired")
                    ? "sign in again (aws sso login), then repeat the command"
                    : code.startsWith("AccessDenied")
                            ? "ask for the permission, or use another --profile"
                            : "check the credentials: dynacog doctor";
            return new DynacogException.Access(
                    name(String.valueOf(failure.awsErrorDetails().serviceName())) + " refused: " + code + ": " + said,
                    hint,
                    failure);
        }
        for (Throwable along : failure.getSuppressed()) {
            if (along instanceof ThrottledService.Explanation explanation) {
                return explanation.of(code + ": " + said, failure);
            }
        }
        return code.contains("ResourceNotFound")
                ? new DynacogException.NotFound(said, "")
                : new DynacogException.Failed(code + ": " + said, "", failure);
    }

    private static String port(String protocol, int port) {
        boolean usual = port <= 0 || port == (protocol.equals("https") ? 443 : 80);
        return usual ? "" : ":" + port;
    }

    private static boolean isOfNoService(AwsServiceException failure) {
        return failure.awsErrorDetails() == null
                || failure.awsErrorDetails().errorCode() == null
                || failure.awsErrorDetails().errorCode().isEmpty();
    }

    private DynacogException explain(SdkException failure, String service, String endpoint, String contentType) {
        Throwable cause = rootOf(failure);
        String where = name(service) + " of environment " + environment.name().value();
        if (isHandshake(cause)) {
            return new DynacogException.Unreachable(
                    "no secure connection to " + endpoint + " (" + where + "): the server does not speak TLS",
                    "is it https there? a server without it waits for more: http:// is its address then",
                    failure);
        }
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || (cause instanceof SocketTimeoutException && !isConnect(cause))) {
            return new DynacogException.Unreachable(
                    "timed out waiting for a complete response from " + endpoint + " (" + where + "): "
                            + answerWithin.toSeconds() + " seconds in total, 20 for each part",
                    "try again, with --debug for details",
                    failure);
        }
        Optional<DynacogException> proxied = explainProxy(failure, cause, endpoint, where);
        if (proxied.isPresent()) {
            return proxied.get();
        }
        Optional<String> certificate = certificateProblem(failure);
        if (certificate.isPresent()) {
            return new DynacogException.Unreachable(
                    "no secure connection to " + endpoint + " (" + where + "): " + certificate.get(),
                    "check the endpoint (dynacog config show), and whether Java trusts the certificate",
                    failure);
        }
        if (isCut(cause)) {
            return cut(failure, endpoint, where);
        }
        Optional<String> bad = badAnswer(failure, cause, contentType);
        if (bad.isPresent()) {
            return new DynacogException.Failed(
                    endpoint + " (" + where + ") " + bad.get(), "check the endpoint: dynacog config show", failure);
        }
        if (cause instanceof SSLException) {
            return new DynacogException.Unreachable(
                    "no secure connection to " + endpoint + " (" + where + "): " + firstLine(cause),
                    "check that the endpoint uses HTTPS and that Java trusts the certificate",
                    failure);
        }
        if (cause instanceof UnknownHostException && hasAwsOwnEndpoint(service)) {
            Optional<DynacogException> wrongRegion = WrongRegion.ifUnknown(environment, endpoint);
            if (wrongRegion.isPresent()) {
                return wrongRegion.get();
            }
        }
        if (cause instanceof UnknownHostException) {
            return new DynacogException.Unreachable(
                    "unknown host: " + endpoint + " (" + where + ")",
                    "check the endpoint and the network: dynacog config show",
                    failure);
        }
        if (isNetwork(cause)) {
            return new DynacogException.Unreachable(
                    "cannot connect to " + name(service) + " at " + endpoint + " (environment "
                            + environment.name().value() + ")",
                    startHint(service),
                    failure);
        }
        String text = firstLine(failure);
        Matcher half = HALF_A_PROFILE.matcher(text);
        if (half.find()) {
            return new DynacogException.Access(
                    "AWS profile '" + half.group(2) + "' has no " + half.group(1),
                    "set both aws_access_key_id and aws_secret_access_key in the profile",
                    failure);
        }
        if (text.contains("SSO") || text.contains("Token is expired")) {
            return new DynacogException.Access(
                    "the sign-in of environment " + environment.name().value() + " has expired or never existed: "
                            + text,
                    "sign in: aws sso login"
                            + environment
                                    .aws()
                                    .profile()
                                    .map(profile -> " --profile " + profile.value())
                                    .orElse(""),
                    failure);
        }
        if (text.contains("Unable to load credentials") || text.contains("Profile file contained no credentials")) {
            return new DynacogException.Access(
                    "no AWS credentials for environment " + environment.name().value(),
                    "sign in (aws sso login), set AWS_PROFILE, or pass --profile",
                    failure);
        }
        return new DynacogException.Failed(where + ": " + text, "run again with --debug for details", failure);
    }

    /** Behind a proxy it is the proxy that answers or doesn't, as far as anybody can tell. */
    private Optional<DynacogException> explainProxy(
            SdkException failure, Throwable cause, String endpoint, String where) {
        if (!endpoint.startsWith("https://")) {
            return Optional.empty();
        }
        Optional<Proxies.Proxy> proxy =
                environment.aws().proxies().forHost(URI.create(endpoint).getHost());
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        String said = firstLine(cause);
        boolean refused = said.startsWith(TunnelSocketFactory.REFUSED);
        if (refused && said.endsWith(" 407")) {
            return Optional.of(new DynacogException.Access(
                    "the proxy " + proxy.get() + " refused its user or password",
                    "http://USER:PASSWORD@HOST:PORT in " + proxy.get().variable(),
                    failure));
        }
        if (refused || isNetwork(cause)) {
            return Optional.of(new DynacogException.Unreachable(
                    "the proxy " + proxy.get() + " cannot reach " + endpoint + " (" + where + "): "
                            + (refused ? said : "it does not respond"),
                    "list hosts to reach without it in NO_PROXY",
                    failure));
        }
        return Optional.empty();
    }

    /** What is wrong with a server's certificate: what Java says of it stands below the failure of TLS. */
    private static Optional<String> certificateProblem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return Optional.of("its certificate has expired");
            }
            if (cause instanceof CertPathBuilderException) {
                return Optional.of("its certificate is not signed by an authority that Java trusts");
            }
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateException
                    && (said.startsWith("No subject alternative") || said.startsWith("No name matching"))) {
                return Optional.of("its certificate is for another host name");
            }
        }
        return Optional.empty();
    }

    private boolean hasAwsOwnEndpoint(String service) {
        return serviceOf(service).map(found -> found.endpoint().isEmpty()).orElse(false);
    }

    private static DynacogException cut(SdkException failure, String endpoint, String where) {
        return new DynacogException.Unreachable(
                endpoint + " (" + where + ") closed the connection before its response was complete",
                "try again, with --debug for details",
                failure);
    }

    /** What an endpoint did that no service does, after its name. */
    private static Optional<String> badAnswer(SdkException failure, Throwable cause, String contentType) {
        if (cause instanceof BadAnswer) {
            return Optional.of(String.valueOf(cause.getMessage()));
        }
        if (failure instanceof Crc32MismatchException) {
            return Optional.of("sent a response whose checksum (CRC32) does not match");
        }
        if (failure instanceof AwsServiceException service) {
            return Optional.of("answered with HTTP status " + service.statusCode() + " and " + contentType
                    + " and is not an AWS service");
        }
        return isNoJson(cause) || firstLine(failure).startsWith("Unable to unmarshall response")
                ? Optional.of("sent a response that is not from the service (" + contentType + ")")
                : Optional.empty();
    }

    private static boolean isNoJson(Throwable cause) {
        return cause instanceof JsonProcessingException && !(cause instanceof JsonEOFException);
    }

    private static boolean isCut(Throwable cause) {
        return cause instanceof EOFException
                || cause instanceof JsonEOFException
                || (cause instanceof SocketException && !isUnreachable(cause))
                || (cause instanceof IOException && "Premature EOF".equals(cause.getMessage()));
    }

    private String startHint(String service) {
        boolean dummy = serviceOf(service)
                .map(found -> found.credentials() == Service.Credentials.DUMMY)
                .orElse(false);
        return dummy
                ? "start the local stack: dynacog local up"
                : "check the network and the endpoint: dynacog config show";
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

    /** Whether the same request may well succeed in a moment. */
    static boolean isPassing(Throwable failure) {
        if (failure instanceof SdkServiceException service) {
            return service.isThrottlingException() || service.retryable() || service.statusCode() >= 500;
        }
        if (failure instanceof ApiCallAttemptTimeoutException) {
            return false;
        }
        if (failure instanceof SdkException sdk && sdk.retryable()) {
            return true;
        }
        Throwable root = rootOf(failure);
        return root instanceof IOException
                && !firstLine(root).startsWith(TunnelSocketFactory.REFUSED)
                && !(root instanceof BadAnswer)
                && !isNoJson(root)
                && !(root instanceof SSLException)
                && certificateProblem(failure).isEmpty()
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

    /** Whether time ran out before there was a secure connection. */
    private static boolean isHandshake(Throwable root) {
        return root instanceof SocketTimeoutException
                && Arrays.stream(root.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("startHandshake"));
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
