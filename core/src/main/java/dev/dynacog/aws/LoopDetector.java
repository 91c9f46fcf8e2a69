package dev.dynacog.aws;

import dev.dynacog.error.DynacogException;
import org.jspecify.annotations.Nullable;

/**
 * Notices a sequence of page tokens that goes in circles, in the memory of one token: the token that is compared with is
 * replaced ever more rarely, so that any circle is found after a few rounds (Brent's method).
 */
public final class LoopDetector {
    private final String what;
    private @Nullable Object remembered;
    private long steps;
    private long patience = 1;

    public LoopDetector(String what) {
        this.what = what;
    }

    /** Takes the token of the next page. */
    public void check(Object token) {
        if (token.equals(remembered)) {
            throw new DynacogException.Incomplete(
                    "the service repeated a page token while listing " + what, "try again later", null);
        }
        if (++steps == patience) {
            remembered = token;
            steps = 0;
            patience *= 2;
        }
    }
}
