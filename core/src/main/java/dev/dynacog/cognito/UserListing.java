package dev.dynacog.cognito;

import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.aws.LoopDetector;
import dev.dynacog.error.DynacogException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersInGroupResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;

/**
 * The users of a pool, page by page as they are asked for. A page may be short or empty: only a missing token ends the
 * list. Attributes are never asked for by name, since one user who lacks one of them makes the service refuse the page.
 */
public final class UserListing {
    private static final int PAGE = 60;

    /** How often a page is asked for, each time with all the attempts of the client: minutes of throttling. */
    private static final int PATIENCE = 12;

    private final CognitoIdentityProviderClient client;
    private final String pool;
    private final UserQuery query;
    private final Pace pace;
    private final LoopDetector loops;
    private @Nullable String token;
    private boolean begun;
    private boolean over;
    private boolean expired;

    UserListing(CognitoIdentityProviderClient client, String pool, UserQuery query) {
        this.client = client;
        this.pool = pool;
        this.query = query;
        this.pace = new Pace(query.rate());
        this.loops = new LoopDetector("pool " + pool);
    }

    private record Page(List<UserType> users, @Nullable String token) {}

    /** The next page, or nothing at the end. A failure after the first page is told as work that is incomplete. */
    public Optional<List<CognitoUser>> next() {
        if (over) {
            return Optional.empty();
        }
        over = true;
        Page page = begun ? askAgain() : ask();
        begun = true;
        token = page.token();
        if (token != null && !token.isEmpty()) {
            loops.check(token);
            over = false;
        }
        return Optional.of(page.users().stream().map(UserListing::user).toList());
    }

    /** Whether it was cut short because the service forgot where we were, so that starting over may go well. */
    public boolean hasExpired() {
        return expired;
    }

    private Page ask() {
        try {
            return request();
        } catch (ResourceNotFoundException e) {
            throw UserPool.notFound(pool, query.group(), e);
        } catch (InvalidParameterException e) {
            throw new DynacogException.Usage(
                    "Cognito refused: " + e.awsErrorDetails().errorMessage(),
                    query.filter().isPresent()
                            ? "use one attribute, = or ^=, and a quoted value: --filter 'email ^= \"a\"'"
                            : "a pool ID looks like eu-west-1_AbC123DeF");
        }
    }

    private Page askAgain() {
        try {
            return request();
        } catch (RuntimeException e) {
            expired = e instanceof InvalidParameterException;
            String why = expired
                    ? "the page token expired"
                    : FailureTranslator.translate(e)
                            .<Throwable>map(known -> known)
                            .orElse(e)
                            .getMessage();
            throw new DynacogException.Incomplete("some users were not listed: " + why, "run it again", e);
        }
    }

    /** Waits out throttling for longer than the client does: the quota is shared with production's sign-ins. */
    private Page request() {
        for (int attempt = 0; ; attempt++) {
            pace.await();
            try {
                Page page = query.group().isPresent() ? inGroup(query.group().get()) : all();
                pace.speedUp();
                return page;
            } catch (TooManyRequestsException e) {
                if (attempt == PATIENCE) {
                    throw e;
                }
                pace.slowDown(attempt);
            }
        }
    }

    private Page all() {
        ListUsersResponse response = client.listUsers(list -> list.userPoolId(pool)
                .limit(PAGE)
                .filter(query.filter().orElse(null))
                .paginationToken(token));
        return new Page(response.users(), response.paginationToken());
    }

    private Page inGroup(String group) {
        ListUsersInGroupResponse response = client.listUsersInGroup(
                list -> list.userPoolId(pool).groupName(group).limit(PAGE).nextToken(token));
        return new Page(response.users(), response.nextToken());
    }

    private static CognitoUser user(UserType user) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (AttributeType attribute : user.attributes()) {
            if (attribute.name() != null && attribute.value() != null) {
                attributes.put(attribute.name(), attribute.value());
            }
        }
        return new CognitoUser(
                text(user.username()),
                attributes,
                text(user.userStatusAsString()),
                !Boolean.FALSE.equals(user.enabled()),
                Optional.<Instant>ofNullable(user.userCreateDate()),
                Optional.<Instant>ofNullable(user.userLastModifiedDate()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
