package dev.dynacog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A Cognito endpoint with one user pool, on 127.0.0.1, for listing and administering users: nobody signs in here, and
 * any signature is good.
 */
public final class CognitoServer implements AutoCloseable {
    private static final String TARGET = "AWSCognitoIdentityProviderService.";
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoopbackHttp http;
    private final CognitoPool pool;
    private final @Nullable FolderLock lock;

    private CognitoServer(LoopbackHttp http, CognitoPool pool, @Nullable FolderLock lock) {
        this.http = http;
        this.pool = pool;
        this.lock = lock;
    }

    public static CognitoServer start(CognitoOptions options) {
        Optional<Path> folder = options.dataFolder().map(wanted -> Folders.ensure(wanted, "Cognito data"));
        FolderLock lock = folder.map(CognitoServer::lock).orElse(null);
        try {
            CognitoPool pool = CognitoPool.open(new CognitoOptions(options.port(), folder, options.users()));
            LoopbackHttp http = new LoopbackHttp(
                    options.port(), LARGEST_REQUEST, LoopbackHttp.USUAL_PATIENCE, new Door(new CognitoService(pool)));
            http.start();
            return new CognitoServer(http, pool, lock);
        } catch (Exception problem) {
            if (lock != null) {
                lock.close();
            }
            throw Ports.isTaken(problem) ? Ports.taken(CognitoPart.NAME, options.port()) : StackException.of(problem);
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            return FolderLock.tryTake(folder.resolve("lock"))
                    .orElseThrow(() -> StackException.failed(
                            "another stack uses the Cognito data folder " + folder,
                            "stop it, or choose another data folder"));
        } catch (IOException problem) {
            throw Folders.unusable(folder, "Cognito data", problem);
        }
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + port());
    }

    public int port() {
        return http.port();
    }

    public String poolId() {
        return CognitoPool.ID;
    }

    /** How many users the pool has now. */
    public int users() {
        return pool.size();
    }

    @Override
    public void close() {
        http.stop();
        if (lock != null) {
            lock.close();
        }
    }

    /** From requests to the service and back. */
    private static final class Door extends Handler.Abstract {
        private final CognitoService service;

        Door(CognitoService service) {
            this.service = service;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String target = request.getHeaders().get("X-Amz-Target");
            if (!HttpMethod.POST.is(request.getMethod()) || target == null || !target.startsWith(TARGET)) {
                response.setStatus(HttpStatus.NOT_FOUND_404);
                callback.succeeded();
                return true;
            }
            JsonNode asked;
            try (InputStream body = Content.Source.asInputStream(request)) {
                asked = JSON.readTree(body);
            } catch (IOException problem) {
                refuse(
                        response,
                        callback,
                        HttpStatus.BAD_REQUEST_400,
                        "SerializationException",
                        "the request is not JSON");
                return true;
            }
            try {
                send(response, callback, HttpStatus.OK_200, service.answer(target.substring(TARGET.length()), asked));
            } catch (CognitoFault fault) {
                refuse(
                        response,
                        callback,
                        HttpStatus.BAD_REQUEST_400,
                        fault.type(),
                        String.valueOf(fault.getMessage()));
            } catch (RuntimeException problem) {
                problem.printStackTrace();
                refuse(
                        response,
                        callback,
                        HttpStatus.INTERNAL_SERVER_ERROR_500,
                        "InternalErrorException",
                        String.valueOf(problem.getMessage()));
            }
            return true;
        }

        private static void refuse(Response response, Callback callback, int status, String type, String message)
                throws IOException {
            response.getHeaders().put("x-amzn-ErrorType", type);
            send(
                    response,
                    callback,
                    status,
                    JSON.createObjectNode().put("__type", type).put("message", message));
        }

        private static void send(Response response, Callback callback, int status, JsonNode answer) throws IOException {
            byte[] bytes = JSON.writeValueAsBytes(answer);
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
            response.write(true, ByteBuffer.wrap(bytes), callback);
        }
    }
}
