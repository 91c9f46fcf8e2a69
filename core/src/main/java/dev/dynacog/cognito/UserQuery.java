package dev.dynacog.cognito;

import dev.dynacog.config.Service;
import java.util.Optional;

/**
 * Which users of a pool to list.
 *
 * @param filter in Cognito's own words, such as {@code email ^= "a"}
 * @param group only this group's; can't go together with a filter
 * @param rate how many requests a second at most
 */
public record UserQuery(Optional<String> filter, Optional<String> group, double rate) {
    /** Cognito's quota, for all callers of an account together. */
    public static final double HIGHEST_RATE = 30;

    private static final double USUAL_RATE = 10;

    /** Where credentials are dummies there is no account whose quota could be used up. */
    public static double usualRate(Service cognito) {
        return cognito.credentials() == Service.Credentials.DUMMY ? Double.POSITIVE_INFINITY : USUAL_RATE;
    }

    public static UserQuery everybody(double rate) {
        return new UserQuery(Optional.empty(), Optional.empty(), rate);
    }
}
