package dev.dynacog.aws;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A client that is being made by another thread while the first request is built: reading the authorities that are
 * trusted takes as long as everything else before it.
 */
final class PreparedHttpClient implements SdkHttpClient {
    private final FutureTask<SdkHttpClient> client;

    PreparedHttpClient(Supplier<SdkHttpClient> maker) {
        client = new FutureTask<>(maker::get);
        HeadStart.of("tls", client);
    }

    private SdkHttpClient client() {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return client().prepareRequest(request);
    }

    @Override
    public String clientName() {
        return "UrlConnection";
    }

    @Override
    public void close() {
        client().close();
    }
}
