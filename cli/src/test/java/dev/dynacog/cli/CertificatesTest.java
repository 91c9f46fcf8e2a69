package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An https endpoint that can't show that it is who it is asked for: exit code 5, and why in a line. */
@Timeout(60)
class CertificatesTest {
    private static final String PASSWORD = "changeit";

    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    Path folder = Path.of("");

    private HttpsServer server;

    @BeforeEach
    void serveAsAnother() throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=another.example",
                        "-ext",
                        "san=dns:another.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        assertThat(requests).hasValue(0);
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private Cli cli() {
        return Cli.inPipe()
                .with(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        "https://localhost:" + server.getAddress().getPort())
                .with("NO_COLOR", "1");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsToldAsSuch() {
        Run run = cli().run("list-tables");
        assertThat(run.err())
                .startsWith("error  no secure connection to https://localhost:"
                        + server.getAddress().getPort()
                        + " (DynamoDB of environment local): its certificate is not signed by an authority that"
                        + " Java trusts\n");
        assertThat(run.exit()).isEqualTo(5);
    }

    @Test
    void aCertificateForAnotherNameIsToldAsSuch() throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore=" + store(),
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.dynacog.cli.Dynacog",
                        "list-tables")
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(cli().variables());
        assertThat(builder.start().waitFor()).isEqualTo(5);
        assertThat(err)
                .content()
                .startsWith("error  no secure connection to https://localhost:"
                        + server.getAddress().getPort()
                        + " (DynamoDB of environment local): its certificate is for another host name\n");
    }
}
