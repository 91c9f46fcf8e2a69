package dev.dynacog.aws;

import dev.dynacog.error.DynacogException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/**
 * Follows how long a client's service has been throttling without another answer in between: by refusing requests, or by
 * leaving items of a batch unprocessed. Says so once when that lasts, and in the failure that it ends with.
 */
final class ThrottledService implements ExecutionInterceptor {
    private static final Duration IN_SILENCE = Duration.ofSeconds(10);

    private final String name;
    private final Throttling throttling;
    private @Nullable Long since;
    private boolean told;

    ThrottledService(String name, Throttling throttling) {
        this.name = name;
        this.throttling = throttling;
    }

    static boolean isThrottling(Throwable failure) {
        return failure instanceof SdkServiceException service && service.isThrottlingException();
    }

    /** An attempt failed, whether or not it is made again. What is no answer of the service tells nothing. */
    void attemptFailed(Throwable failure) {
        if (isThrottling(failure)) {
            throttled();
        } else if (failure instanceof SdkServiceException) {
            answered();
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        // By its name first: the class of a batch's answer is loaded by those that write batches alone.
        if ("BatchWriteItem".equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                && context.response() instanceof BatchWriteItemResponse batch
                && !batch.unprocessedItems().isEmpty()) {
            throttled();
        } else {
            answered();
        }
    }

    /** The failure stays what it is, for those who wait it out themselves; what to tell of it travels along. */
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        if (isThrottling(failure)) {
            failure.addSuppressed(new Explanation(name + " throttled the request for " + seconds() + " s"));
        }
        return failure;
    }

    private void throttled() {
        if (lasts()) {
            throttling.listener().accept(name + " has been throttling requests for " + seconds() + " s; trying again");
        }
    }

    /** Whether it has lasted for so long now, and nobody was told. */
    private synchronized boolean lasts() {
        long now = throttling.nanoTime().getAsLong();
        if (since == null) {
            since = now;
        }
        boolean tell = !told && now - since >= IN_SILENCE.toNanos();
        told |= tell;
        return tell;
    }

    private synchronized void answered() {
        since = null;
        told = false;
    }

    private synchronized long seconds() {
        long lasted = since == null ? 0 : throttling.nanoTime().getAsLong() - since;
        return Math.max(1, Math.round(lasted / 1e9));
    }

    /** What to tell of a throttled request that was given up. */
    static final class Explanation extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Explanation(String message) {
            super(message, null, false, false);
        }

        DynacogException of(String said, Throwable failure) {
            return new DynacogException.Failed(
                    getMessage() + ": " + said,
                    "wait and run again: the capacity or the request quota is used up",
                    failure);
        }
    }
}
