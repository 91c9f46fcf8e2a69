package dev.dynacog.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * As much of DynamoDB and Cognito as answers at once, so that the client is what is measured. How large a table or a pool
 * is, its name says: {@code items-1000}, {@code us-east-1_N1000}. Speaks just enough HTTP for clients that keep their
 * connection, on 127.0.0.1.
 */
final class StubAws implements AutoCloseable {
    private static final Pattern TABLE = Pattern.compile("\"TableName\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern START = Pattern.compile("\"sk\"\\s*:\\s*\\{\\s*\"S\"\\s*:\\s*\"(\\d+)\"");
    private static final Pattern POOL = Pattern.compile("\"UserPoolId\"\\s*:\\s*\"[^\"]*_N(\\d+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"PaginationToken\"\\s*:\\s*\"page-(\\d+)\"");
    private static final String PUT = "\"PutRequest\"";

    private static final String DESCRIPTION = """
            {"Table":{"TableName":"%s","TableStatus":"ACTIVE","ItemCount":%d,"TableSizeBytes":2048,\
            "TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/stub","CreationDateTime":1.6e9,\
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}],\
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],\
            "ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":5,"WriteCapacityUnits":5}}}""";

    private final ServerSocket server;
    private final StubPages pages = new StubPages();
    private final AtomicLong puts = new AtomicLong();

    private StubAws(ServerSocket server) {
        this.server = server;
    }

    static StubAws start() throws IOException {
        StubAws stub = new StubAws(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(stub::accept);
        return stub;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Leads to it, for every tool alike. */
    Map<String, String> variables() {
        return Map.of("AWS_ENDPOINT_URL_DYNAMODB", url(), "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", url());
    }

    /** The same, with a pool. */
    Map<String, String> variables(String pool) {
        Map<String, String> variables = new HashMap<>(variables());
        variables.put("AWS_COGNITO_USER_POOL_ID", pool);
        return variables;
    }

    static String table(int items) {
        return "items-" + items;
    }

    static String pool(int users) {
        return "us-east-1_N" + users;
    }

    /** How many items were put by batches since this was asked last. */
    long takePuts() {
        return puts.getAndSet(0);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed, which is how it ends.
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
            OutputStream out = client.getOutputStream();
            while (true) {
                String operation = "";
                int length = 0;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    String lower = line.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("content-length:")) {
                        length = Integer.parseInt(line.substring(15).strip());
                    } else if (lower.startsWith("x-amz-target:")) {
                        operation = line.substring(line.indexOf('.') + 1).strip();
                    }
                }
                byte[] body = in.readNBytes(length);
                send(out, answer(operation, new String(body, StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException e) {
            // The client has gone, which is how a connection ends.
            return;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(100);
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new EOFException();
            }
            if (character != '\r') {
                line.append((char) character);
            }
        }
        return line.toString();
    }

    private byte[] answer(String operation, String request) {
        return switch (operation) {
            case "DescribeTable" -> StubPages.ascii(DESCRIPTION.formatted(found(TABLE, request, ""), size(request)));
            case "Scan" -> pages.scan(Integer.parseInt(found(START, request, "0")), size(request));
            case "ListUsers" ->
                pages.users(Integer.parseInt(found(TOKEN, request, "0")), Integer.parseInt(found(POOL, request, "0")));
            case "BatchWriteItem" -> {
                puts.addAndGet(putsOf(request));
                yield StubPages.ascii("{\"UnprocessedItems\":{}}");
            }
            default -> StubPages.ascii("{}");
        };
    }

    private static String found(Pattern pattern, String request, String otherwise) {
        Matcher matcher = pattern.matcher(request);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static long size(String request) {
        String table = found(TABLE, request, "");
        return table.matches("items-\\d+") ? Long.parseLong(table.substring("items-".length())) : 0;
    }

    private static int putsOf(String request) {
        int found = 0;
        for (int at = request.indexOf(PUT); at >= 0; at = request.indexOf(PUT, at + PUT.length())) {
            found++;
        }
        return found;
    }

    private static void send(OutputStream out, byte[] body) throws IOException {
        // The service sends one too, and both clients check it.
        CRC32 checksum = new CRC32();
        checksum.update(body);
        byte[] head = StubPages.ascii("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + body.length + "\r\nx-amz-crc32: " + checksum.getValue() + "\r\n\r\n");
        out.write(head);
        out.write(body);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
