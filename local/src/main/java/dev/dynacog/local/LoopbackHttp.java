package dev.dynacog.local;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An HTTP server on 127.0.0.1 for the programs of this machine. Web pages are kept out, also those whose name was made
 * to lead here (DNS rebinding): they can't help but tell their own name. A request has its thread when all of it has
 * come, so that those who send half of one keep nobody else waiting.
 */
final class LoopbackHttp {
    /** How long a request may take to come, and how long nothing may come between two. */
    static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    private static final Set<String> OUR_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LARGEST_HEAD = 16 << 10;
    private static final String DEADLINE = LoopbackHttp.class.getName() + ".deadline";

    private final Server jetty;
    private final ServerConnector connector;
    private final Duration patience;
    private volatile int port;

    LoopbackHttp(int port, int largestBody, Duration patience, Handler handler) {
        HttpConfiguration limits = new HttpConfiguration();
        limits.setRequestHeaderSize(LARGEST_HEAD);
        limits.setSendServerVersion(false);
        jetty = new Server();
        connector = new ServerConnector(jetty, new HttpConnectionFactory(limits));
        connector.setHost(Loopback.v4().getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(patience.toMillis());
        jetty.addConnector(connector);
        HeadDeadline heads = new HeadDeadline(
                connector.getScheduler(),
                patience,
                new ThisMachineOnly(new EagerContentHandler(
                        new Arrived(handler),
                        new EagerContentHandler.RetainedContentLoaderFactory(largestBody, 0, true))));
        connector.addEventListener(heads);
        jetty.setHandler(heads);
        jetty.setErrorHandler(new JsonErrors());
        this.patience = patience;
        jetty.setStopTimeout(0);
    }

    void start() throws Exception {
        jetty.start();
        port = connector.getLocalPort();
    }

    /** Also when it has stopped. */
    int port() {
        return port;
    }

    void stop() {
        try {
            jetty.stop();
        } catch (Exception ignored) {
            // It serves nobody any more; what is left goes with the process.
        }
    }

    /** Lets in who called us by a name of this machine, and isn't sent by a page from elsewhere. */
    private final class ThisMachineOnly extends Handler.Wrapper {
        ThisMachineOnly(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
            List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
            if (hosts.size() == 1
                    && isOurs(hosts.get(0))
                    && origins.stream().allMatch(this::isOurOrigin)
                    && !HttpMethod.OPTIONS.is(request.getMethod())) {
                hangUpAtTheDeadline(request);
                return super.handle(request, response, callback);
            }
            response.setStatus(HttpStatus.FORBIDDEN_403);
            callback.succeeded();
            return true;
        }

        /** A body of which nothing more comes would be waited for as long as its sender likes. */
        private void hangUpAtTheDeadline(Request request) {
            EndPoint caller = request.getConnectionMetaData().getConnection().getEndPoint();
            Scheduler.Task deadline = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> caller.close(new TimeoutException("half a request")),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
            request.setAttribute(DEADLINE, deadline);
            Request.addCompletionListener(request, any -> deadline.cancel());
        }

        private boolean isOurOrigin(String origin) {
            return origin.startsWith("http://") && isOurs(origin.substring("http://".length()));
        }

        private boolean isOurs(String host) {
            String suffix = ":" + connector.getLocalPort();
            return host.endsWith(suffix)
                    && OUR_NAMES.contains(
                            host.substring(0, host.length() - suffix.length()).toLowerCase(Locale.ROOT));
        }
    }

    /** All of the request is here: what is done with it may take its time. */
    private static final class Arrived extends Handler.Wrapper {
        Arrived(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getAttribute(DEADLINE) instanceof Scheduler.Task deadline) {
                deadline.cancel();
            }
            return super.handle(request, response, callback);
        }
    }
}
