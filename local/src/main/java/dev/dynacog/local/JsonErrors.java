package dev.dynacog.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What goes wrong before a request is with its service, worded as the services do, instead of a page of HTML. */
final class JsonErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean cut = request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof EofException;
        int status = cut ? HttpStatus.BAD_REQUEST_400 : response.getStatus();
        boolean theirs = HttpStatus.isClientError(status);
        String type = theirs ? "SerializationException" : "InternalErrorException";
        String message = cut ? "the request ends too early" : HttpStatus.getMessage(status);
        response.setStatus(status);
        response.getHeaders().put("x-amzn-ErrorType", type);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
        response.write(
                true,
                ByteBuffer.wrap(("{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}")
                        .getBytes(StandardCharsets.UTF_8)),
                callback);
        return true;
    }
}
