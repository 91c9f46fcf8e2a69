package dev.dynacog.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Takes TLS off and passes on what comes to a port of this machine: what https costs a client can be measured so. */
final class TlsProxy implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "dynacog-bench";

    private final ServerSocket server;
    private final int target;
    private final Path certificate;
    private final Path folder;
    private final Processes processes;

    private static final int PIECE = 1 << 16;

    private TlsProxy(ServerSocket server, int target, Path certificate, Path folder, Processes processes) {
        this.server = server;
        this.target = target;
        this.certificate = certificate;
        this.folder = folder;
        this.processes = processes;
    }

    /** With a certificate of 2048 bit RSA, as AWS has, made for this run. */
    static TlsProxy start(int target, Path folder, Processes processes) throws IOException {
        Path store = folder.resolve("proxy.p12");
        Path certificate = folder.resolve("proxy.pem");
        keytool(
                processes,
                List.of(
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        keytool(
                processes,
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        ALIAS,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-file",
                        certificate.toString()));
        ServerSocket server =
                context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TlsProxy proxy = new TlsProxy(server, target, certificate, folder, processes);
        daemon(proxy::accept);
        return proxy;
    }

    private static void keytool(Processes processes, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        processes.outputOf(command, Map.of());
    }

    private static SSLContext context(Path store) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    String url() {
        return "https://localhost:" + server.getLocalPort();
    }

    /** All that a JDK trusts, and the proxy: reading a store of real size is part of what https costs. */
    Path trustStoreFor(Jdk jdk) throws IOException {
        Path store = folder.resolve("trust-" + jdk.version());
        Files.write(store, Files.readAllBytes(jdk.home().resolve("lib/security/cacerts")));
        keytool(
                processes,
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        ALIAS,
                        "-file",
                        certificate.toString(),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        return store;
    }

    /** The same for who reads PEM. */
    Path bundleWith(Path certificates) throws IOException {
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, Files.readString(certificates) + "\n" + Files.readString(certificate));
        return bundle;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> forward(client));
            } catch (IOException e) {
                // Closed, which is how it ends.
                return;
            }
        }
    }

    private void forward(Socket client) {
        try (client;
                Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            Thread back = daemon(() -> pump(service, client));
            ask(client, service);
            back.join();
        } catch (IOException e) {
            // One of the two has gone, and the other goes with it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service answers nobody who calls it by another's port. A request's head comes in one piece here. */
    private void ask(Socket client, Socket service) {
        try {
            InputStream in = client.getInputStream();
            OutputStream out = service.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1)
                        .replace("localhost:" + server.getLocalPort(), "localhost:" + target);
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
            service.shutdownOutput();
        } catch (IOException e) {
            // As above.
            return;
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // As above.
            return;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "tls-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
