package dev.dynacog.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Refuses answers that no service gives, before anybody reads them: what is at the other end may be anything. */
final class CheckedHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;

    CheckedHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return checked(prepared.call());
                } catch (UncheckedIOException e) {
                    // The SDK's client wraps what breaks while a head is read, and the SDK then doesn't know it for
                    // what it is.
                    throw e.getCause();
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static HttpExecuteResponse checked(HttpExecuteResponse answer) throws IOException {
        SdkHttpResponse head = answer.httpResponse();
        Optional<String> objection = objection(head);
        if (objection.isPresent()) {
            answer.responseBody().ifPresent(AbortableInputStream::abort);
            throw new BadAnswer(objection.get());
        }
        HttpExecuteResponse.Builder checked = HttpExecuteResponse.builder().response(head);
        answer.responseBody()
                .ifPresent(body -> checked.responseBody(
                        AbortableInputStream.create(new CheckedBody(body, head.statusCode() == 200), body)));
        return checked.build();
    }

    private static Optional<String> objection(SdkHttpResponse head) {
        int status = head.statusCode();
        if (status >= 300 && status < 400) {
            return Optional.of("redirected to "
                    + head.firstMatchingHeader("Location").orElse("nowhere") + " (HTTP status " + status + ")");
        }
        if (status > 200 && status < 300) {
            return Optional.of("answered with HTTP status " + status + ", which no AWS service sends");
        }
        if (status == 200
                && head.firstMatchingHeader("Content-Length")
                        .filter("0"::equals)
                        .isPresent()) {
            return Optional.of("sent an empty response");
        }
        return head.firstMatchingHeader("Content-Encoding")
                .filter(encoding -> !encoding.toLowerCase(Locale.ROOT).equals("identity"))
                .map(encoding -> "answered compressed (" + encoding + "), which was not requested");
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
