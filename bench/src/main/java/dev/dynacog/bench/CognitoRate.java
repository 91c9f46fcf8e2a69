package dev.dynacog.bench;

import java.io.IOException;

/**
 * How fast dynacog lets itself ask Cognito. It spares the account's quota, which no rival does, so the limit is lifted
 * for the comparison as far as the tool allows.
 */
final class CognitoRate {
    private static final String LIFTED = "1000000";
    private static final String HIGHEST_OF_AN_ACCOUNT = "30";

    private CognitoRate() {}

    static String highest(Grounds grounds, StubAws stub) throws IOException {
        try {
            grounds.installation()
                    .run(
                            grounds.firstJdk(),
                            stub.variables(StubAws.pool(1)),
                            "cognito",
                            "list-users",
                            "--rate",
                            LIFTED);
            return LIFTED;
        } catch (BenchException refused) {
            return HIGHEST_OF_AN_ACCOUNT;
        }
    }

    static String told(String rate) {
        return rate.equals(LIFTED)
                ? "dynacog's limit of requests to Cognito is lifted (`--rate`), since the rivals have none."
                : "dynacog asks Cognito at most " + rate
                        + " times a second, which is 1,800 users, and has no option that"
                        + " lifts that limit; the rivals have none.";
    }
}
