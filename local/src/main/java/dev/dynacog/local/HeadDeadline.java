package dev.dynacog.local;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on a caller whose next request's head isn't here in time, however steadily its bytes come: time is counted
 * from the connection's beginning, or from the end of the last answer.
 */
final class HeadDeadline extends Handler.Wrapper implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration patience;
    private final Map<EndPoint, Caller> callers = new ConcurrentHashMap<>();

    HeadDeadline(Scheduler scheduler, Duration patience, Handler handler) {
        super(handler);
        this.scheduler = scheduler;
        this.patience = patience;
    }

    @Override
    public void onOpened(Connection connection) {
        Caller caller = new Caller(connection.getEndPoint());
        callers.put(connection.getEndPoint(), caller);
        caller.await();
    }

    @Override
    public void onClosed(Connection connection) {
        Caller caller = callers.remove(connection.getEndPoint());
        if (caller != null) {
            caller.close();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Caller caller =
                callers.get(request.getConnectionMetaData().getConnection().getEndPoint());
        if (caller != null) {
            caller.begin();
            Request.addCompletionListener(request, any -> caller.end());
        }
        return super.handle(request, response, callback);
    }

    /** One connection. The end of one request may be told after the beginning of the next. */
    private final class Caller {
        private final EndPoint connection;
        private int requests;
        private boolean closed;
        private Scheduler.@Nullable Task deadline;

        Caller(EndPoint connection) {
            this.connection = connection;
        }

        synchronized void await() {
            cancel();
            if (!closed) {
                deadline = scheduler.schedule(
                        () -> connection.close(new TimeoutException("half a head")),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        }

        synchronized void begin() {
            requests++;
            cancel();
        }

        synchronized void end() {
            requests--;
            if (requests == 0) {
                await();
            }
        }

        synchronized void close() {
            closed = true;
            cancel();
        }

        private void cancel() {
            if (deadline != null) {
                deadline.cancel();
                deadline = null;
            }
        }
    }
}
