package dev.dynacog.aws;

import dev.dynacog.config.Environment;
import dev.dynacog.config.Regions;
import dev.dynacog.config.Service;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Builds the clients that one run uses, each when it is first asked for, and closes what it opened. */
public final class AwsClients implements AutoCloseable {
    private static final int ATTEMPTS = 8;

    /** For what only informs: nobody waits for it. */
    private static final int ATTEMPTS_TO_INFORM = 2;

    /**
     * For a request and the whole of its answer, however slowly that comes: a page of 1 MB over a line of 1 Mbit/s takes a
     * third of it.
     */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Environment environment;
    private final Duration answerWithin;
    private final Throttling throttling;
    private final Map<String, DynamoDbClient> dynamodb = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean lookedForRegion;
    private @Nullable Region region;
    private @Nullable AwsCredentialsProvider chain;

    public AwsClients(Environment environment) {
        this(environment, Throttling.UNHEARD);
    }

    public AwsClients(Environment environment, Throttling throttling) {
        this(environment, ANSWER, throttling);
    }

    AwsClients(Environment environment, Duration answerWithin) {
        this(environment, answerWithin, Throttling.UNHEARD);
    }

    private AwsClients(Environment environment, Duration answerWithin, Throttling throttling) {
        this.environment = environment;
        this.answerWithin = answerWithin;
        this.throttling = throttling;
        // AWS_ENDPOINT_URL, and the profile's endpoint_url, would send every service to DynamoDB Local, the
        // credential chain's own calls included. What counts of them is in the environment already.
        System.setProperty("aws.ignoreConfiguredEndpointUrls", "true");
        // Who sends a request again is the SDK, which knows what may be, and not Java beneath it.
        System.setProperty("sun.net.http.retryPost", "false");
        HeadStart.ofSigning();
    }

    public DynamoDbClient dynamodb() {
        return dynamodb(region());
    }

    /** For the commands that look into several regions. */
    public DynamoDbClient dynamodb(Region in) {
        return dynamodb.computeIfAbsent(
                in.id(),
                any -> build(
                        "DynamoDB",
                        DynamoDbClient.builder().endpointDiscoveryEnabled(false),
                        environment.aws().dynamodb(),
                        in,
                        ATTEMPTS));
    }

    /** The streams of DynamoDB's tables, which AWS serves at an address of their own. */
    public DynamoDbStreamsClient streams() {
        return build(
                "DynamoDB Streams",
                DynamoDbStreamsClient.builder(),
                environment.aws().streams(),
                region(),
                ATTEMPTS);
    }

    public CognitoIdentityProviderClient cognito() {
        return build(
                "Cognito",
                CognitoIdentityProviderClient.builder(),
                environment.aws().cognito(),
                region(),
                ATTEMPTS);
    }

    /** Who the credentials belong to. */
    public StsClient sts() {
        return build("STS", StsClient.builder(), environment.aws().sts(), region(), ATTEMPTS_TO_INFORM);
    }

    private synchronized <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
            C build(String name, B builder, Service service, Region in, int attempts) {
        Optional<URI> endpoint = service.endpoint().map(Sourced::value);
        if (service.isExposed()) {
            throw new DynacogException.Usage(
                    "your AWS credentials are not sent to "
                            + endpoint.map(URI::toString).orElse("") + ", which is neither HTTPS nor on this machine",
                    "use HTTPS; for dummy credentials set dynamodb: local in dynacog.yaml, or use --env local");
        }
        if (endpoint.isEmpty()) {
            requireRegionOfAws(in);
        }
        SdkHttpClient http = new CheckedHttpClient(
                HttpClients.forEndpoint(endpoint, environment.aws().proxies()));
        opened.push(http);
        ThrottledService throttled = new ThrottledService(name, throttling);
        C client = builder.region(in)
                .credentialsProvider(credentials(service))
                .applyMutation(it -> endpoint.ifPresent(it::endpointOverride))
                .httpClient(http)
                .overrideConfiguration(override -> override.retryStrategy(retries(attempts, throttled))
                        .apiCallAttemptTimeout(answerWithin)
                        .addExecutionInterceptor(throttled)
                        .addExecutionInterceptor(new AnswerCheck())
                        .addExecutionInterceptor(new FailureTranslator(environment, answerWithin)))
                .build();
        opened.push(client);
        return client;
    }

    /** A password for a user of a database on RDS, signed with the environment's own credentials. */
    public synchronized String rdsToken(String host, int port, String user) {
        return RdsToken.make(chain(), region().id(), host, port, user);
    }

    /** A server of one's own takes any name, AWS has addresses for its own regions alone. */
    private void requireRegionOfAws(Region in) {
        if (!Regions.looksLikeAws(in.id())) {
            throw WrongRegion.of(environment, in.id());
        }
    }

    /** The region that is worked in: set, or else what the AWS profile or the machine says. */
    public Region region() {
        return findRegion()
                .orElseThrow(() -> new DynacogException.Access(
                        "no AWS region is configured for environment "
                                + environment.name().value(),
                        "pass --region, set AWS_REGION, or set a region in the AWS profile",
                        null));
    }

    /** The region's name, for saying it; nothing where none is known. */
    public Optional<String> regionId() {
        return findRegion().map(Region::id);
    }

    private synchronized Optional<Region> findRegion() {
        if (!lookedForRegion) {
            lookedForRegion = true;
            region = environment
                    .aws()
                    .region()
                    .map(set -> Region.of(set.value()))
                    .or(this::regionOfProfileOrMachine)
                    .orElse(null);
        }
        return Optional.ofNullable(region);
    }

    private Optional<Region> regionOfProfileOrMachine() {
        String profile = environment.aws().profile().map(Sourced::value).orElse(null);
        AwsRegionProvider provider = new AwsRegionProviderChain(
                new AwsProfileRegionProvider(null, profile), new InstanceProfileRegionProvider());
        try {
            return Optional.ofNullable(provider.getRegion());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private AwsCredentialsProvider credentials(Service service) {
        return switch (service.credentials()) {
            case DUMMY -> StaticCredentialsProvider.create(AwsBasicCredentials.create("dynacoglocal", "dynacoglocal"));
            case CHAIN -> chain();
        };
    }

    private AwsCredentialsProvider chain() {
        if (chain == null) {
            AwsCredentialsProvider provider = CredentialSource.of(environment);
            if (provider instanceof AutoCloseable closeable) {
                opened.push(closeable);
            }
            chain = provider;
        }
        return chain;
    }

    /**
     * Throttling is waited out for as long as a person would wait; a server that isn't there is not asked again, which
     * is why the SDK's own conditions don't do.
     */
    private static RetryStrategy retries(int attempts, ThrottledService throttled) {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .maxAttempts(attempts)
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(2)))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(5)))
                .treatAsThrottling(ThrottledService::isThrottling)
                .retryOnException(failure -> {
                    // Asked after every attempt, the last one too; an interceptor hears of the last one alone.
                    throttled.attemptFailed(failure);
                    return FailureTranslator.isPassing(failure);
                })
                .useClientDefaults(false)
                .circuitBreakerEnabled(false)
                .build();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception ignored) {
                // The run is over and its result stands; a client that doesn't close cleanly changes nothing of it.
            }
        }
    }
}
